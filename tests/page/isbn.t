#!/usr/bin/env python3
"""The bars of an ISBN as a scanner sees them: a line across the printed page,
decoded by the tables of ISO/IEC 15420 and by nothing of Dabir's or Zint's."""
import os
import re
import subprocess

tmp, dabir = os.environ["TMP"], os.environ["DABIR"]
L = ("0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 "
     "0110111 0001011").split()
R = ["".join("10"[int(b)] for b in s) for s in L]
G = [s[::-1] for s in R]
FIRST = ("LLLLLL LLGLGG LLGGLG LLGGGL LGLLGG LGGLLG LGGGLL LGLGLG LGLGGL "
         "LGGLGL").split()


def say(what, good, note=""):
    print(("ok " if good else "not ok ") + what)
    if note and not good:
        print("# " + str(note).replace("\n", "\n# ")[:1500])


def build(isbn, lang="fa"):
    with open(os.path.join(tmp, "a.md"), "w", encoding="utf-8") as f:
        f.write(f"---\nlang: {lang}\ntitle: t\nisbn: {isbn}\n---\n\n# x\n\nx.\n")
    with open(os.path.join(tmp, "s.yaml"), "w", encoding="utf-8") as f:
        f.write("inherit: essay\ntitle-page: {page: true, imprint: true}\n")
    return subprocess.run([dabir, "build", os.path.join(tmp, "a.md"),
                           "--style", os.path.join(tmp, "s.yaml")],
                          capture_output=True, text=True)


def rows():
    """The imprint page in grays, at 20 pixels a millimetre."""
    subprocess.run(["pdftoppm", "-gray", "-r", "508", "-f", "2", "-l", "2",
                    os.path.join(tmp, "a.pdf"), os.path.join(tmp, "p")],
                   check=True)
    name = [n for n in os.listdir(tmp) if n.startswith("p-")][0]
    with open(os.path.join(tmp, name), "rb") as f:
        _, size, _, data = f.read().split(b"\n", 3)
    os.remove(os.path.join(tmp, name))
    w, h = map(int, size.split())
    return [data[y * w:(y + 1) * w] for y in range(h)]


def runs(row):
    out, dark = [0], False
    for p in row:
        if (p < 128) != dark:
            out.append(0)
            dark = not dark
        out[-1] += 1
    return out


def decode(row):
    """The digits of a line across the bars, or None."""
    v = runs(row)
    if len(v) != 61:
        return None
    unit = sum(v[1:-1]) / 95
    bits = "".join("01"[i % 2] * round(n / unit)
                   for i, n in enumerate(v) if 0 < i < 60)
    if len(bits) != 95 or bits[:3] != "101" or bits[45:50] != "01010":
        return None
    if v[0] < 11 * unit or v[-1] < 7 * unit:
        return None             # too little white for a scanner
    half, kinds = "", ""
    for i in range(6):
        s = bits[3 + 7 * i:10 + 7 * i]
        kinds += "L" if s in L else "G"
        half += str((L if s in L else G).index(s))
    for i in range(6):
        half += str(R.index(bits[50 + 7 * i:57 + 7 * i]))
    return str(FIRST.index(kinds)) + half


for isbn, lang in (("978-600-119-123-7", "fa"), ("9780306406157", "en"),
                   ("۹۷۸-۶۰۰-۱۱۹-۱۲۳-۷", "fa")):
    done = build(isbn, lang)
    want = "".join(str(int(c)) for c in isbn if c.isdigit())
    page = rows()
    read = [d for d in map(decode, page) if d is not None]
    say(f"{isbn} is read by a scanner", set(read) == {want}
        and 20 * 20 < len(read) < 20 * 24, f"{set(read)} {len(read)}"
        + done.stderr)
    # Bars end above the digits; those that guard go on among them.
    last = max(y for y, row in enumerate(page) if decode(row) == want)
    guards = [len(runs(row)) for row in page[last + 3:last + 12]]
    say("the guards are longer", set(guards) == {13}, guards)
    out = subprocess.run(["pdftotext", "-f", "2", "-l", "2", "-bbox",
                          os.path.join(tmp, "a.pdf"), "-"],
                         capture_output=True, text=True).stdout
    words = re.findall(r'xMin="([\d.]+)".*?xMax="([\d.]+)".*?>(\d+)</word>',
                       out)
    digits = "".join(w[2] for w in sorted(words, key=lambda w: float(w[0]))
                     if len(w[2]) <= 7)
    say("its digits stand under it", want in digits, out[-1500:])

done = build("978-600-119-123-8")
say("a wrong check digit is told at its place", re.search(
    r"a\.md:4:7: warning: ISBN .*MAN029", done.stderr), done.stderr)
