#!/usr/bin/env python3
"""A long build draws a bar on a terminal and wipes it; a pipe sees none, nor
does who asks for silence."""
import os
import pty
import re
import subprocess
import sys

dabir, tmp = os.environ["DABIR"], os.environ["TMP"]
book = os.path.join(tmp, "long.md")
with open(book, "w", encoding="utf-8") as f:
    f.write("---\nlang: fa\n---\n\n")
    for k in range(9000):
        f.write(f"بند {k} که واژه‌هایی دارد و از سطر {k + 7} به سطر دیگر "
                f"می‌رود تا پس از {k * 3} واژه به پایان برسد. " * 4 + "\n\n")


def on_terminal(*more):
    pid, fd = pty.fork()
    if pid == 0:
        os.execv(dabir, [dabir, "build", book, "-o", tmp, "-j1",
                         "--no-word-cache", *more])
    out = b""
    try:
        while True:
            part = os.read(fd, 65536)
            if not part:
                break
            out += part
    except OSError:
        pass
    os.waitpid(pid, 0)
    return out


try:
    out = on_terminal()
except OSError as e:
    print("skip no terminal to be had:", e)
    sys.exit()
bars = re.findall(rb"\r\x1b\[K\[(#*) *\] +(\d+)% ([a-z ]+)", out)
print("ok" if len(bars) > 2 else "not ok", "a bar is drawn:", len(bars))
shares = [int(b[1]) for b in bars if b[2].startswith(b"lines")]
print("ok" if shares == sorted(shares) and shares else "not ok",
      "it only grows")
last = out.rfind(b"\r\x1b[K[")
print("ok" if b"\r\x1b[K" in out[last + 4:] else "not ok", "and is wiped")
print("ok" if b"\x1b[K" not in on_terminal("--quiet") else "not ok",
      "--quiet: none")
done = subprocess.run([dabir, "build", book, "-o", tmp], capture_output=True)
print("ok" if b"\x1b" not in done.stdout + done.stderr else "not ok",
      "a pipe sees none")
