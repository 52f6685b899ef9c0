#!/usr/bin/env python3
"""Letterspacing as the PDF has it: every Latin letter of the span is moved on
once, Persian letters go on joining, and the line stays where it was measured.
The same text set without it is the measure."""
import os
import re
import subprocess

tmp, dabir = os.environ["TMP"], os.environ["DABIR"]
TEXT = "متن [واژهٔ فارسی Spaced گشوده]{.wide} پایان."
SIZE, TRACKING = 20, 0.08


def words(name, tracking):
    """Each word with its left and right edge [pt]."""
    style = os.path.join(tmp, name + ".yaml")
    with open(style, "w") as f:
        f.write("inherit: base\nlooks: {body: {size: %dpt, leading: 30pt}}\n"
                "classes: {wide: {tracking: %g}}\n" % (SIZE, tracking))
    with open(os.path.join(tmp, name + ".md"), "w", encoding="utf-8") as f:
        f.write(f"---\nlang: fa\n---\n\n{TEXT}\n")
    subprocess.run([dabir, "build", os.path.join(tmp, name + ".md"), "-o",
                    tmp, "-q", "--style", style], check=True)
    out = subprocess.run(["pdftotext", "-bbox",
                          os.path.join(tmp, name + ".pdf"), "-"],
                         capture_output=True, text=True, check=True).stdout
    found = re.findall(r'xMin="([\d.]+)".*xMax="([\d.]+)".*>(.*)</word>', out)
    out = {}
    for a, b, w in found:
        w = re.sub("[\u061c\u200f ]", "", w)     # steer readers, not eyes
        w = w if w.isascii() else w[::-1]         # -bbox has them as drawn
        if w != "۱":
            out[w] = float(a), float(b)
    return out


def tell(good, what, more=""):
    print(("ok " if good else "not ok ") + what)
    if not good:
        print("#", more)


def main():
    plain, wide = words("plain", 0), words("wide", TRACKING)
    width = {w: b - a for w, (a, b) in wide.items()}
    grown = {w: width[w] - (plain[w][1] - plain[w][0])
             for w in plain if w in width}
    tell(set(plain) == set(wide), "the words are the same", f"{wide}")
    latin = grown.pop("Spaced", 0)
    tell(abs(latin - 5 * SIZE * TRACKING) < 0.1,
         "each Latin letter is moved on once", latin)
    tell(all(abs(g) < 0.1 for g in grown.values()),
         "Persian words keep their width", grown)
    start = max(b for a, b in plain.values())
    tell(abs(start - max(b for a, b in wide.values())) < 0.1,
         "the line begins where it did", wide)
    edges = sorted(wide.values())
    tell(all(a[1] < b[0] + 0.1 for a, b in zip(edges, edges[1:])),
         "no word lies on another", edges)


main()
