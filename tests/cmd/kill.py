#!/usr/bin/env python3
"""kill.py DABIR BOOK DIR [RUNS [SIGNAL]] - builds broken off at random moments.

BOOK is built once, whole; then RUNS builds into the same folder are sent
SIGNAL (KILL, the default, or INT) after a random part of a build's time.
After each the PDF must be a whole one (qpdf --check); after SIGINT no file
may be left beside it. The seed is printed, SEED in the environment sets it.
"""
import glob
import os
import random
import signal
import statistics
import subprocess
import sys
import time

dabir, book, out = sys.argv[1:4]
runs = int(sys.argv[4]) if len(sys.argv) > 4 else 200
name = sys.argv[5] if len(sys.argv) > 5 else "KILL"
sig = getattr(signal, "SIG" + name)
seed = int(os.environ.get("SEED", time.time()))
random.seed(seed)
command = [dabir, "build", book, "-t", "screen", "-o", out, "--quiet"]
quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def temps():
    return glob.glob(os.path.join(out, ".dabir-*"))


def timed():
    start = time.perf_counter()
    subprocess.run(command, **quiet)
    return time.perf_counter() - start


def whole(pdf):
    return subprocess.run(["qpdf", "--check", pdf], **quiet).returncode == 0


span = statistics.median(timed() for _ in range(5))
pdfs = glob.glob(os.path.join(out, "*.pdf"))
if len(pdfs) != 1 or not whole(pdfs[0]):
    sys.exit("# no whole PDF to begin with")
broken = left = hit = 0
for _ in range(runs):
    p = subprocess.Popen(command, **quiet)
    time.sleep(random.uniform(0, 1.1 * span))
    p.send_signal(sig)
    hit += p.wait() == -sig
    broken += not whole(pdfs[0])
    if sig == signal.SIGINT:
        left += len(temps())
    for t in temps():
        os.unlink(t)
print(f"# seed {seed}: {runs} builds of {1e3 * span:.0f} ms, {hit} ended by "
      f"SIG{name}, {broken} broken PDFs, {left} files left")
sys.exit(broken > 0 or left > 0 or hit == 0)
