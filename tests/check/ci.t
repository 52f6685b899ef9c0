#!/usr/bin/env python3
"""examples/ci: the shell version, and the workflow's own commands, on a
project as `dabir new` makes it, then on the same with a fault."""
import json
import os
import re
import subprocess

top, tmp, dabir = os.getcwd(), os.environ["TMP"], os.environ["DABIR"]
room = os.path.join(tmp, "repository")


def say(what, good, note=""):
    print(("ok " if good else "not ok ") + what)
    if note and not good:
        print("# " + str(note)[-1500:].replace("\n", "\n# "))


def sh(command, **env):
    return subprocess.run(["sh", "-c", command], cwd=room, text=True,
                          capture_output=True, env=dict(os.environ, **env))


subprocess.run([dabir, "new", room], check=True, capture_output=True)
os.makedirs(os.path.join(room, "ci"))
os.makedirs(os.path.join(room, ".dabir"))
os.symlink(os.path.join(top, "examples/ci/check.sh"),
           os.path.join(room, "ci/check.sh"))
os.symlink(os.path.dirname(dabir), os.path.join(room, ".dabir/build"))
workflow = open(os.path.join(top, "examples/ci/github.yml"),
                encoding="utf-8").read()
steps = re.findall(r"^ +- name: (\w+)\n +run: (.+)$", workflow, re.M)
say("the workflow has its steps", [n for n, _ in steps] ==
    ["Tools", "Dabir", "Check", "Build"], steps)
goals = dict(steps)["Dabir"].split()[3:]
say("what it makes are goals of the Makefile", subprocess.run(
    ["make", "-n", "INSTALL=no", *goals], cwd=top,
    capture_output=True).returncode == 0, goals)

for name, command in steps[2:]:
    done = sh(command)
    say(f"{name} passes a new project", done.returncode == 0,
        done.stdout + done.stderr)
paths = re.findall(r"(?:sarif_file|path): (reports\S*)", workflow)
say("what it uploads is there", len(paths) == 2 and all(
    os.path.exists(os.path.join(room, p)) for p in paths), paths)

first = [f for f in sorted(os.listdir(room)) if f.endswith(".md")][0]
with open(os.path.join(room, first), "a", encoding="utf-8") as f:
    f.write("\nاین ، آن.\n")
line = sum(1 for _ in open(os.path.join(room, first), encoding="utf-8"))
done = sh("sh ci/check.sh", DABIR=dabir)
say("a warning fails the shell version", done.returncode == 1, done.stderr)
say("and is said", f"{first}:{line}:" in done.stderr, done.stderr)
results = json.load(open(os.path.join(room, "reports/dabir.sarif"),
                         encoding="utf-8"))["runs"][0]["results"]
places = [(r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
           r["locations"][0]["physicalLocation"]["region"]["startLine"])
          for r in results if r["ruleId"] == "TXT006"]
say("SARIF names the line as the repository does", places == [(first, line)],
    places)
say("but not where only errors fail", sh("sh ci/check.sh", DABIR=dabir,
    FAIL_ON="error").returncode == 0)
say("no book is status 2", sh("sh ci/check.sh none.yaml",
                              DABIR=dabir).returncode == 2)
