#!/usr/bin/env python3
"""What is too long, too wide or too deep: sensible pages and a message with
its place, in little time."""
import os
import re
import subprocess
import time

tmp, dabir = os.environ["TMP"], os.environ["DABIR"]
W = "این یک جمله نمونه برای آزمایش صفحه‌آرایی است که چندین واژه دارد. "
HEAD = "---\nlang: fa\ntitle: آزمایش\n---\n\n"


def build(name, text, *args):
    path = os.path.join(tmp, name + ".md")
    with open(path, "w", encoding="utf-8") as f:
        f.write(HEAD + text)
    t = time.monotonic()
    done = subprocess.run([dabir, "build", path, *args], capture_output=True,
                          text=True, timeout=60)
    pdf = os.path.join(tmp, name + ".pdf")
    pages = 0
    if os.path.exists(pdf):
        info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True)
        pages = int(re.search(r"Pages:\s+(\d+)", info.stdout).group(1))
    return done.returncode, done.stderr, pages, time.monotonic() - t


def letters(name):
    out = subprocess.run(["pdftotext", os.path.join(tmp, name + ".pdf"), "-"],
                         capture_output=True, text=True).stdout
    return sum(c.isalpha() for c in out)


def dump(name, *args):
    return subprocess.run([dabir, "build", os.path.join(tmp, name + ".md"),
                           "--dump", "page", *args], capture_output=True,
                          text=True, timeout=60).stdout


def say(what, good, note=""):
    print(("ok " if good else "not ok ") + what)
    if note and not good:
        print("# " + note.replace("\n", "\n# ")[:2000])


rows = "".join(f"| {i} | {W * (1 + i % 3)}|\n" for i in range(60))
st, err, n, s = build("table", "# بلند\n\n| ردیف | شرح |\n|---|---|\n" + rows
                      + "\n: سه صفحه {#tbl-a}\n")
heads = dump("table").count("“ردیف”")
say("a table over pages repeats its header", st == 0 and n >= 3
    and heads == n, f"{n} pages, {heads} headers\n{err}")

st, err, n, s = build("note", "# یادداشت\n\nمتن.[^a] " + W * 30 + "\n\n" + W * 20
                      + "\n\n[^a]: " + W * 120 + "\n\n    " + W * 60 + "\n")
want = sum(c.isalpha() for c in W) * 230
say("a note longer than a page goes on over pages", n >= 6
    and letters("note") >= want, f"{n} pages, {letters('note')} of {want}\n{err}")
say("and is told with its place", re.search(
    r"note\.md:12:1: warning: note “a” .* over [67] pages .*LAY028", err), err)

st, err, n, s = build("word", "# واژه\n\nآغاز " + "دراز" * 80 + " پایان.\n\n" + W)
say("a word wider than the measure is broken, and told", st == 0
    and re.search(r"word\.md:8:\d+: warning: .*LAY026", err), err)
wide = [float(w) for w in re.findall(r"^  text \S+ \S+ w (\S+) ", dump("word"),
                                     re.M)]
say("and stays within the measure", max(wide) < 318, str(max(wide)))

# Letters that all join, and kerned ones: no gap between them is free.
st, err, n, s = build("joined", "# واژه\n\nآغاز " + "خ" * 200 + " و " + "A" * 150
                      + " و " + "." * 200 + " پایان.\n\n| الف | ب |\n|---|---|\n| "
                      + "خ" * 120 + " | دو |\n")
ends = [(float(x), float(x) + float(w)) for x, w in re.findall(
    r"^  text (\S+) \S+ w (\S+) ", dump("joined"), re.M)]
say("so is one whose letters all join", st == 0 and "LAY001" not in err
    and err.count("LAY026") > 8 and letters("joined") > 480, err)
say("and is not printed beyond the block", min(a for a, b in ends) > 42
    and max(b for a, b in ends) < 375, str((min(ends), max(b for a, b in ends))))

st, err, n, s = build("cell", "# واژه\n\n| الف | ب | پ |\n|---|---|---|\n| "
                      + "دراز" * 60 + " | دو | سه |\n| چهار | پنج | شش |\n")
wide = re.findall(r"^  text (\S+) \S+ w (\S+) .*\[TD (\d+)\]", dump("cell"), re.M)
long = [(float(x), float(x) + float(w)) for x, w, e in wide
        if e == wide[0][2]]
others = [(float(x), float(x) + float(w)) for x, w, e in wide
          if e != wide[0][2] and float(x) < long[0][0]]
say("in a cell it keeps to its column", st == 0 and "LAY026" in err
    and len(long) > 2 and all(b[1] < a[0] for a in long for b in others),
    f"{long}\n{others}\n{err}")

st, err, n, s = build("skip", "# یک\n\n### سه\n\nمتن [@tbl-none].\n")
say("a heading level skipped is told", "skip.md:8:1: warning" in err
    and "MAN013" in err, err)
say("a reference to nothing is told", re.search(r"skip\.md:10:[56]: error", err)
    and "MAN019" in err, err)

st, err, n, s = build("nest", "# فهرست\n\n"
                      + "".join("    " * i + f"- سطح{i}س\n" for i in range(200)))
say("200 nested lists are told, once for each limit", st == 1 and s < 10
    and len(re.findall(r"nest\.md:\d+:\d+: error: .*MAN014", err)) == 1
    and len(re.findall(r"nest\.md:\d+:\d+: warning: .*LAY015", err)) == 1
    and "LAY001" not in err, err)
lines = re.findall(r"^  text .*“.*سطح.*”", dump("nest"), re.M)
say("and each item stands by itself", len(lines) == 200
    and all(line.count("سطح") == 1 for line in lines), f"{len(lines)}")

st, err, n, s = build("wide", "# جدول\n\n|" + "".join(f" ستون{i}س |" for i in range(100))
                      + "\n|" + "---|" * 100 + "\n|" + "".join(f" {i} |" for i in range(100)) + "\n")
say("a table of 100 columns is told", n >= 2 and "wide.md:8:1: warning" in err
    and "LAY008" in err and "LAY001" not in err, err)
heads, apart = {}, True
row = []
for x, y, w, word in re.findall(r"^  text (\S+) (\S+) w (\S+) .*“(ستون\d+س)”",
                                dump("wide"), re.M):
    heads[word] = heads.get(word, 0) + 1
    x, y, w = float(x), float(y), float(w)
    row = [r for r in row if r[1] == y]
    apart &= all(x + w < u or x > u + v for u, _, v in row)
    row.append((x, y, w))
say("and cut into parts that can be read, each with the first column",
    len(heads) == 100 and apart and heads["ستون0س"] > 5
    and max(heads[f"ستون{i}س"] for i in range(1, 100)) == 1, str(heads))

cols = " | ".join("ستون‌بلند" + str(i) for i in range(10))
st, err, n, s = build("turn", f"# جدول\n\n| {cols} |\n|" + "---|" * 10
                      + f"\n| {cols} |\n\n: پهن {{#tbl-t}}\n")
say("a table that fits when turned is turned", "LAY016" in err and n >= 1, err)
turned = re.findall(r"^  text .* turn 3 .*“(.*)”", dump("turn"), re.M)
say("and its caption with it", any("پهن" in t for t in turned), str(turned))

st, err, n, s = build("page", f"# جدول\n\n{W}\n\n| {cols} |\n|" + "---|" * 10
                      + f"\n| {cols} |\n\n: پهن {{#tbl-t}}\n\n" + (W * 4 + "\n\n") * 8)
pages = dump("page").split("\npage ")
say("text fills the page before a turned table", "turn 3" not in pages[1]
    and pages[1].count("[P ") > 15 and "turn 3" in pages[2], pages[1])

st, err, n, s = build("row", "# ردیف\n\n| الف | ب |\n|---|---|\n| کوتاه | " + W * 80
                      + "|\n| پایان | آخر |\n")
say("a row longer than a page is split", n >= 2 and letters("row")
    >= 80 * sum(c.isalpha() for c in W), err)

# A paragraph as long as a book, whose lines all have something to tell: four
# times the words, about four times the work (the places of its messages were
# each counted from its start: twelve times).
with open(os.path.join(tmp, "narrow.yaml"), "w") as f:
    f.write("inherit: base\npage: {width: 62mm}\nparagraph: {space-max: 1}\n")


def work(words):
    name = f"long{words}"
    with open(os.path.join(tmp, name + ".md"), "w", encoding="utf-8") as f:
        f.write(HEAD + W * (words // 11))
    best = 1e9
    for _ in range(2):
        before = os.times()
        subprocess.run([dabir, "build", os.path.join(tmp, name + ".md"),
                        "--style", os.path.join(tmp, "narrow.yaml"), "-q"],
                       capture_output=True, timeout=60)
        after = os.times()
        best = min(best, after.children_user - before.children_user)
    return best


few, many = work(40000), work(160000)
say("time is linear in the length of a paragraph", many < 7 * few,
    f"{few:.2f} s, {many:.2f} s")
