"""What the benches share: runs and their cost, books, the program's clock."""
import os
import re
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
AMIRI = ["--style", os.path.join(HERE, "amiri.yaml")]


def cost(command):
    """(wall seconds, peak KiB, CPU seconds) of one run."""
    t = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - t
    # What read nothing, or stopped early, says nothing about time.
    if status != 0:
        print("ended with errors: " + " ".join(command), file=sys.stderr)
    return wall, usage.ru_maxrss, usage.ru_utime + usage.ru_stime


def measure(command, runs):
    """Medians of seconds and KiB, after a run that warms up."""
    cost(command)
    seen = [cost(command) for _ in range(runs)]
    return (statistics.median(s[0] for s in seen),
            statistics.median(s[1] for s in seen))


def make_book(folder, times, manuscript, *more):
    """As make_book.py has it now."""
    maker, made = os.path.join(HERE, "make_book.py"), \
        os.path.join(folder, "book.yaml")
    if not os.path.exists(made) or \
            os.path.getmtime(made) < os.path.getmtime(maker):
        subprocess.run([sys.executable, maker, str(times), manuscript, folder,
                        *more], check=True)
    return made


def real_book(out, name, targets):
    """The booklet with other targets, in a folder that it may read."""
    folder = os.path.join(out, "real")
    shutil.copytree(os.path.join(ROOT, "manuscript"), folder,
                    dirs_exist_ok=True)
    with open(os.path.join(folder, "book.yaml"), encoding="utf-8") as f:
        text = f.read().split("targets:")[0]
    with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
        f.write(text + "targets:\n" + targets)
    return os.path.join(folder, name)


def pages_of(pdf):
    out = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True)
    m = re.search(r"Pages:\s+(\d+)", out.stdout)
    return int(m.group(1)) if m else 0


def rooms(command):
    """The program's own clock: name -> milliseconds."""
    done = subprocess.run(command + ["-q", "--timings"], capture_output=True,
                          text=True)
    return {m[1]: float(m[2]) for m in re.finditer(
        r"(?m)^(\w+) +([\d.]+) ms", done.stderr)}
