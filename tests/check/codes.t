#!/usr/bin/env python3
"""For every code of src/base/messages.h what triggers it, and a twin that
does not: the table tests/check/codes.txt, run case by case.

A case begins with its code at the start of a line. Under it, indented:

  bad FILE | good FILE | both FILE    the lines below, one tab deeper, are the
                                      file's; \\xNN stands for a byte
  sh | sh bad | sh good COMMAND       run first, in the case's folder
  run | run bad | run good ARGS       what dabir is called with; without it
                                      `check a.md`
                                      (bin/dabir put there is run instead)
  env NAME=VALUE                      for dabir
  at PLACE [LEVEL]                    where the bad case is told: FILE:LINE:COL,
                                      FILE for any line of it, or “-”:
                                      nowhere; with %TOP% and %ROOM%
  never WHY                           nothing is known that brings it about; WHY
                                      is for who finds something
  unit FILE                           instead of all that: a program of tests/
                                      that brings the code about and looks at
                                      it, since no file and no command can

Each bad case is run once more in a Persian locale: the message is Persian
from end to end, digits and arguments included.

A Markdown file without front matter of its own is Persian. A shell finds TOP,
the source tree, and DABIR; run and files have %TOP% for it, env %ROOM% for
the case's folder.
"""
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

TOP = os.getcwd()
TMP, DABIR = os.environ["TMP"], os.environ["DABIR"]


def fill(text):
    return text.replace("%TOP%", TOP)


def read_table(path):
    cases, case, body = {}, None, None
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if body is not None and (line.startswith("\t\t") or not line):
            body.append(line[2:])
            continue
        if not line or line.startswith("#"):
            body = None
            continue
        if not line.startswith("\t"):
            if line in cases:
                sys.exit(f"not ok {line} stands twice in the table")
            case = cases[line] = {"files": [], "sh": [], "run": {},
                                  "env": {}, "unit": None, "never": None,
                                  "at": None, "level": ""}
            body = None
            continue
        word, _, rest = line.strip().partition(" ")
        body = None
        if word in ("bad", "good", "both"):
            body = []
            case["files"].append((word, rest, body))
        elif word in ("sh", "run"):
            which, _, tail = rest.partition(" ")
            if which not in ("bad", "good"):
                which, tail = "both", rest
            if word == "sh":
                case["sh"].append((which, tail))
            else:
                case["run"][which] = tail
        elif word == "env":
            name, _, value = rest.partition("=")
            case["env"][name] = value
        elif word == "at":
            case["at"], _, case["level"] = rest.partition(" ")
        elif word == "never":
            case["never"] = rest
        elif word == "unit":
            case["unit"] = rest
        else:
            sys.exit(f"not ok the table has a line “{line.strip()}”")
    return cases


def contents(name, lines):
    while lines and not lines[-1]:
        lines = lines[:-1]
    text = fill("\n".join(lines)) + "\n"
    if name.endswith(".md") and not text.startswith("---") and text.strip():
        text = "---\nlang: fa\n---\n\n" + text
    data = text.encode() if text.strip() else b""
    return re.sub(rb"\\x([0-9a-f]{2})", lambda m: bytes.fromhex(
        m.group(1).decode()), data)


def one(code, case, which, lang=""):
    room = os.path.join(TMP, code, which + lang)
    os.makedirs(room)
    env = {k: v for k, v in os.environ.items() if k != "CI"}
    env.update({k: v.replace("%ROOM%", room) for k, v in
                case["env"].items()}, TOP=TOP, ROOM=room,
               LC_ALL="fa_IR.UTF-8" if lang else "C.UTF-8")
    for kind, name, lines in case["files"]:
        if kind in (which, "both"):
            path = os.path.join(room, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as f:
                f.write(contents(name, lines))
    for kind, command in case["sh"]:
        if kind in (which, "both"):
            subprocess.run(command, shell=True, cwd=room, env=env, check=True,
                           stdout=subprocess.DEVNULL)
    args = fill(case["run"].get(which, case["run"].get("both", "check a.md")))
    own = os.path.join(room, "bin", "dabir")
    dabir = own if os.path.exists(own) else DABIR
    done = subprocess.run([dabir] + args.split(), cwd=room, env=env, text=True,
                          capture_output=True, timeout=120, errors="replace")
    return done.stderr + from_json(done.stdout, lang), done.returncode


def from_json(out, lang):
    """A report in JSON as lines like those of a terminal. Levels are words of
    the machine there."""
    if not out.startswith('{"program"'):
        return ""
    lines = []
    for m in json.loads(out)["messages"]:
        place = ":".join(str(m[k]) for k in ("file", "line", "column")
                         if k in m)
        if lang:
            lines.append(f"\u2068{place}\u2069: {m['text']} [{m['code']}]\n")
        else:
            lines.append((place + ": " if place else "") +
                         f"{m['level']}: {m['text']} [{m['code']}]\n")
    return "".join(lines)


# Words of the machine that stay as they are in Persian, too.
STAYS = re.compile(r"U\+[0-9A-F]+|0x[0-9a-f]+|UTF-8|SHA-256|\b\d+(mm|cm|pt|%)|"
                   r"PDF/[AUX]-\d\w*|ISO-?\d+")


def parted(text):
    """What stands outside isolates, and a list of what stands in them."""
    outside, inside, depth = "", [], 0
    for c in text:
        if c == "\u2068":
            depth += 1
            inside.append("")
        elif c == "\u2069":
            depth -= 1
        elif depth:
            inside[-1] += c
        else:
            outside += c
    return outside, inside


def in_persian(line):
    """None, or what of a message is not Persian. Names stay as they are:
    two English words in a row are no name."""
    outside, inside = parted(re.sub(r" \[\w+\]$", "", line))
    if re.search("[0-9]", STAYS.sub("", re.sub("«[^»]*»", "", outside))):
        return "Latin digits"
    for text in inside:
        if re.search(r"\b[a-z]{2,},? [a-z]{2,}\b", text):
            return f"“{text}”"
    if re.search(r"\b(fatal error|error|warning|info): ", outside):
        return "the level"
    return None


def told(err, code):
    """Places and lines of the messages of that code."""
    lines = [x for x in err.splitlines() if x.endswith(f"[{code}]")]
    return [(re.match(r"(?:(\S+?:\d+(?::\d+)?|\S+): )?(?:fatal error|error|"
                      r"warning|info): ", x), x) for x in lines]


def judge_bad(code, case):
    err, status = one(code, case, "bad")
    said, lines = [], told(err, code)
    if status not in (0, 1, 2) or not lines:
        return [f"not ok {code}: told"] + ["# " + x for x in
                                           err.splitlines()[:12]]
    places = [m[1] or "-" if m else "?" for m, _ in lines]
    # A file of the case's own folder, or of the source tree.
    places = [p.replace(os.path.join(TMP, code, "bad"), "%ROOM%").replace(
        TOP, "%TOP%") for p in places]
    if case["at"] not in places:
        said.append(f"not ok {code}: told at {case['at']}")
        said.append(f"#at {code} {places[0]}")
        said += ["# " + x for _, x in lines[:12]]
    else:
        said.append(f"ok {code}: told at {case['at']}")
    if case["level"]:
        good = all(f"{case['level']}: " in x for _, x in lines)
        said.append(("ok" if good else "not ok") +
                    f" {code}: is told as {case['level']}")
    err, status = one(code, case, "bad", "-fa")
    lines = [x for x in err.splitlines() if f"[{code}]" in x]
    wrong = [(w, x) for w, x in ((in_persian(x), x) for x in lines) if w]
    said.append(("not ok" if wrong or not lines else "ok") +
                f" {code}: in Persian")
    return said + [f"# {w}: {x}" for w, x in wrong[:6]]


def judge(code, case):
    said = []
    if case["never"]:
        return [f"# {code}: {case['never']}"]
    if case["unit"]:
        macro = macros[code]
        path = os.path.join("tests", case["unit"])
        text = open(path, encoding="utf-8").read() if os.path.exists(path) \
            else ""
        good = code in text or macro in text
        return [("ok" if good else "not ok") + f" {code}: {case['unit']}"]
    try:
        said = judge_bad(code, case)
        err, status = one(code, case, "good")
    except (subprocess.SubprocessError, OSError) as e:
        return said + [f"not ok {code}: {e}"]
    quiet = status in (0, 1, 2) and f"[{code}]" not in err
    said.append(("ok" if quiet else "not ok") + f" {code}: its twin is quiet")
    if not quiet:
        said += ["# " + x for x in err.splitlines()[:12]]
    return said


macros = {code: name for name, code in re.findall(
    r'^#define (\w+) "([A-Z]{3}\d{3})"', open("src/base/messages.h",
                                              encoding="utf-8").read(), re.M)}
table = read_table("tests/check/codes.txt")
for code in sorted(macros):
    if code not in table:
        print(f"not ok {code} ({macros[code]}) has no case in "
              "tests/check/codes.txt")
for code in sorted(table):
    if code not in macros:
        print(f"not ok {code} is in the table, but no message has it")
only = os.environ.get("ONLY", "")
with ThreadPoolExecutor(max_workers=2) as pool:
    for said in pool.map(lambda c: judge(c, table[c]), sorted(
            c for c in table if c in macros and only in c)):
        print("\n".join(said))
