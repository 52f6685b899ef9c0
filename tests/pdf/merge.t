#!/usr/bin/python3
"""Files of a mail merge before judges that are not ours: a reader's pages look
as those of a run alone, and say the same; a file for all is sound."""
import os
import subprocess

import pikepdf

B, TMP = os.environ["B"], os.environ["TMP"]


def ok(what, good, *why):
    print(("ok " if good else "not ok ") + what)
    for line in why if not good else ():
        print("#", str(line)[:300])


def run(*command):
    return subprocess.run(command, text=True, capture_output=True)


done = run(os.path.join(B, "tests/pdf/test_merge"), TMP)
ok("files are written", done.returncode == 0, done.stderr)
alone, merged, joined, plain = (os.path.join(TMP, f + ".pdf") for f in (
    "alone", "merged", "joined", "plain"))


def pictures(path, name):
    run("pdftoppm", "-r", "60", "-gray", path, os.path.join(TMP, name))
    files = sorted(f for f in os.listdir(TMP) if f.startswith(name + "-"))
    return [open(os.path.join(TMP, f), "rb").read() for f in files]


def distance(a, b):
    """Largest difference of two pictures' pixels, and how many differ."""
    if len(a) != len(b):
        return 255, 10 ** 6
    d = [abs(x - y) for x, y in zip(a, b)]
    return max(d), sum(v > 40 for v in d)


a, m = pictures(alone, "alone"), pictures(merged, "merged")
far = [distance(x, y) for x, y in zip(a, m)]
ok("a reader's pages look as those of a run alone",
   len(a) == len(m) > 1 and all(n < 60 for _, n in far), far)
ok("a name is no blank", distance(a[0], pictures(joined, "joined")[0])[1] > 60)

text = [run("pdftotext", f, "-").stdout for f in (alone, merged)]
ok("and say the same", sorted(text[0].split()) == sorted(text[1].split()) and
   len(text[0]) > 200)
tree = [run("/usr/bin/python3", "tests/pdf/tree_text.py", f).stdout.split()
        for f in (alone, merged)]
ok("in the same order of elements", tree[0] == tree[1] and len(tree[0]) > 40,
   *tree)

for f in (merged, joined, plain):
    name = os.path.basename(f)
    done = run("qpdf", "--check", f)
    ok(f"qpdf: {name}", done.returncode == 0, done.stdout + done.stderr)
    done = run("mutool", "draw", "-q", "-F", "png", "-r", "10", "-o",
               os.path.join(TMP, "mu%d.png"), f)
    said = [x for x in done.stderr.splitlines() if "ICC support" not in x]
    ok(f"MuPDF: {name}", not said, *said[:5])
for flavour in ("ua1", "2a"):
    done = run("tests/lib/verapdf.sh", flavour, merged, joined, plain)
    ok(f"veraPDF {flavour}", done.returncode == 0, done.stdout)

with pikepdf.open(joined) as pdf:
    n = len(pdf.pages)
    parts = pdf.Root.StructTreeRoot.K[0].K
    ok("each reader is a part", len(parts) == 150 and
       all(p.S == "/Part" for p in parts) and str(parts[1].T) == "مریم احمدی")
    ok("and begins on a sheet of its own",
       n % 2 == 0 and n // 150 * 150 == n)
    first = pdf.Root.Outlines.First
    count, item, at = 0, first, set()
    while item is not None:
        count += 1
        at.add(item.Dest[0].objgen)
        item = item.get("/Next")
    pages = [p.objgen for p in pdf.pages]
    ok("with a bookmark", count == 150 and
       at == {pages[i] for i in range(0, n, n // 150)})
    labels = [str(d.get("/P", "")) for k in pdf.Root.PageLabels.Kids
              for d in list(k.Nums)[1::2]]
    ok("and numbers of its own", labels[:2] == ["۱", "۲"] and
       labels[n // 150:n // 150 + 2] == ["۱", "۲"], labels[:9])
    streams = {o.objgen for p in pdf.pages if "/Contents" in p
               for o in p.Contents}
    uses = sum(len(p.Contents) for p in pdf.pages if "/Contents" in p)
    ok("most content is shared", uses > 3 * len(streams), uses, len(streams))
    links = [a for p in pdf.pages for a in p.get("/Annots", [])]
    ok("links lead to pages of the same reader", len(links) >= 450 and all(
        pages.index(a.Dest[0].objgen) * 150 // n == i * 150 // n
        for i, p in enumerate(pdf.pages) for a in p.get("/Annots", [])
        if "/Dest" in a))
a, j = os.path.getsize(alone), os.path.getsize(joined)
ok("a reader takes a fifth of a file alone", j / 150 < a / 5, j / 150, a)
