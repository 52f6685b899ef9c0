#!/usr/bin/python3
"""The man page has every command and every option that --help has, and no
other; README's table of rooms has every room."""
import os
import re
import subprocess

DABIR = os.environ["DABIR"]


def ok(what, good, *why):
    print(("ok " if good else "not ok ") + what)
    for line in why if not good else ():
        print("#", str(line)[:300])


def helped(*args):
    return subprocess.run([DABIR, *args, "--help"], text=True,
                          capture_output=True).stdout


man = open("docs/dabir.1", encoding="utf-8").read().replace("\\-", "-")
commands = re.findall(r"(?m)^  (\w+)  ", helped())
ok("commands are found", len(commands) >= 7, commands)
synopsis = man[man.index(".SH SYNOPSIS"):man.index(".SH DESCRIPTION")]
known = {"--version", "--help"}
for c in commands:
    ok(f"{c} is in the synopsis", f".B dabir {c}" in synopsis)
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", helped(c)))
    lost = [o for o in sorted(options - {"--help"})
            if not re.search(re.escape(o) + r"(?![\w-])", man)]
    ok(f"{c}: options are in the man page", len(options) > 1 and not lost,
       lost)
    known |= options
told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", man))
ok("the man page tells of no other", told <= known, sorted(told - known))
for name in ("README.md", "README.fa.md", "docs/printing.md", "docs/pdf.md",
             "docs/handouts.md", "docs/citations.md", "docs/style.md"):
    told = set(re.findall(r"dabir (?:\w+ )?[^`\n]*?(--[a-z][a-z-]*)", open(
        name, encoding="utf-8").read()))
    ok(f"nor does {name}", told <= known, sorted(told - known))
readme = open("README.md", encoding="utf-8").read()
rooms = [d for d in sorted(os.listdir("src")) if os.path.isdir("src/" + d)]
lost = [r for r in rooms if f"| `{r}` |" not in readme]
ok("README has every room", len(rooms) > 10 and not lost, lost)
lost = [m[0] for m in re.finditer(r"\]\(([^)#]+)\)", readme)
        if "://" not in m[1] and not os.path.exists(m[1])]
lost += [m for m in re.findall(r"`((?:docs|styles|examples)/[\w./-]+)`", readme)
         if not os.path.exists(m)]
ok("what README points to is there", not lost, lost)
targets = re.findall(r"(?m)^#: (\w[\w-]*)", open("Makefile").read())
asked = set(re.findall(r"(?m)(?:^    |`)make ([a-z-]+)", readme))
ok("and so is what it has made", asked and asked <= set(targets) | {
    "san", "lint", "fuzz"}, sorted(asked - set(targets)))
