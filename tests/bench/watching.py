"""One word changed while `dabir watch` looks on, or lines of text put in: by its
own clock, from the save to the line that tells of the PDF, and the CPU time of
the worker. The kernel tells that in ticks, too coarse for one rebuild: it is a
mean.
"""
import os
import statistics
import subprocess
import time


def worker_of(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as f:
        return int(f.read().split()[0])


def cpu_ms(pid):
    """Of a process with all its threads."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return 1e3 * (int(fields[11]) + int(fields[12])) / \
        os.sysconf("SC_CLK_TCK")


def save(text, content):
    """Beside it and renamed, as editors do."""
    with open(text + ".new", "w", encoding="utf-8") as f:
        f.write(content)
    os.replace(text + ".new", text)


WORD = " یا "
LINES = (" و سخنی دراز که یک سطر دیگر می‌سازد، یا دو سطر، هر چه صفحه جای آن "
         "را داشته باشد و ")


def rebuilds(dabir, folder, out, edits, word=WORD):
    """([ms by its clock], [ms from the save], CPU ms each, its last line)"""
    text = os.path.join(folder, "text.md")
    with open(text, encoding="utf-8") as f:
        good = f.read()
    at = good.index(" و ", len(good) // 2)
    run = subprocess.Popen([dabir, "watch", os.path.join(
        folder, "book.yaml"), "-o", out, "-t", "screen", "-q"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        run.stdout.readline()
        worker = worker_of(run.pid)
        own, wall, before = [], [], cpu_ms(worker)
        for i in range(edits):
            time.sleep(0.2)
            now = word if i % 2 == 0 else " و "
            save(text, good[:at] + now + good[at + 3:])
            saved = time.perf_counter()
            line = run.stdout.readline()
            wall.append(1e3 * (time.perf_counter() - saved))
            own.append(float(line.split()[0]))
        return own, wall, (cpu_ms(worker) - before) / edits, line.strip()
    finally:
        run.terminate()
        run.wait()
        save(text, good)


def watching(dabir, out):
    print(f"\n{'watch, one word changed':<28}{'own ms':>8}{'wall ms':>9}"
          f"{'CPU ms':>8}")
    for name, book, edits, word in (
            ("booklet", "x1", 41, WORD), ("1,200 pages", "x51", 21, WORD),
            ("booklet, lines more", "x1", 41, LINES),
            ("1,200 pages, lines more", "x51", 21, LINES)):
        own, wall, cpu, line = rebuilds(dabir, os.path.join(out, book), out,
                                        edits, word)
        print(f"{name:<28}{statistics.median(own):>8.0f}"
              f"{statistics.median(wall):>9.1f}{cpu:>8.1f}  last: {line}",
              flush=True)
