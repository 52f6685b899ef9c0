#!/usr/bin/env python3
"""run.py DABIR BUILD_DIR - the real build and books of 10 and 100 times its
length: wall seconds, peak memory, pages, bytes, as medians.

Figures are measured, never judged: this machine may be noisy.
"""
import os
import re
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def once(command):
    """(wall seconds, peak KiB, exit status) of one run."""
    t = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    return time.perf_counter() - t, usage.ru_maxrss, status


def measure(command, runs):
    once(command)
    seen = [once(command) for _ in range(runs)]
    return (statistics.median(s[0] for s in seen),
            statistics.median(s[1] for s in seen))


def pages_of(pdf):
    out = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True)
    m = re.search(r"Pages:\s+(\d+)", out.stdout)
    return int(m.group(1)) if m else 0


def main():
    dabir, build = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    out = os.path.join(build, "bench")
    os.makedirs(out, exist_ok=True)
    manuscript = os.path.join(ROOT, "manuscript", "basmachi.md")
    # The style and fonts are found from the program; the books lie in build/.
    rows, before = [], None
    print(f"{'book':<28}{'pages':>7}{'wall s':>9}{'MiB':>8}{'KiB':>9}"
          f"{'ms/page':>9}{'ms/further':>11}")
    for style in ("booklet", "amiri"):
        before = None
        for times, runs in ((1, 11), (10, 7), (100, 3)):
            book = os.path.join(out, f"x{times}")
            if not os.path.exists(os.path.join(book, "book.yaml")):
                subprocess.run([sys.executable,
                                os.path.join(HERE, "make_book.py"),
                                str(times), manuscript, book], check=True)
            name = f"{style} x{times}"
            command = [dabir, "build", os.path.join(book, "book.yaml"),
                       "-o", out, "-t", "plain"]
            if style != "booklet":
                command += ["--style", os.path.join(HERE, f"{style}.yaml")]
            wall, peak = measure(command, runs)
            pdf = os.path.join(out, "plain.pdf")
            n, size = pages_of(pdf), os.path.getsize(pdf)
            further = ""
            if before:
                further = f"{1e3 * (wall - before[0]) / (n - before[1]):.2f}"
            print(f"{name:<28}{n:>7}{wall:>9.3f}{peak / 1024:>8.1f}"
                  f"{size / 1024:>9.0f}{1e3 * wall / n:>9.2f}{further:>11}",
                  flush=True)
            before = (wall, n)
            rows.append((name, n, wall))
    for style in ("booklet", "amiri"):
        r = {k: (n, w) for k, n, w in rows}
        a, b = r[f"{style} x10"], r[f"{style} x100"]
        print(f"{style}: time per page of x100 to that of x10: "
              f"{(b[1] / b[0]) / (a[1] / a[0]):.2f}")


if __name__ == "__main__":
    main()
