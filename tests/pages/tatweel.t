#!/usr/bin/env python3
"""Tatweels that the author typed: drawn, and no letter of the text where a
letter before them can carry the bar, unless the style keeps them. The two
files look alike to the pixel, in a justified line with kashida too."""
import os
import subprocess

tmp, dabir = os.environ["TMP"], os.environ["DABIR"]
TEXT = ("کتـــاب و محمّـــد و هـ.ش و ـِ و ـها و سلاــم در کتـَـابی است که "
        "سطرش تا پایان می‌رود و مـی‌رود و باز هم می‌رود.")
CARRIED = ("کتاب و محمّد و ه.ش و ـِ و ـها و سلام در کتَابی است که "
           "سطرش تا پایان می‌رود و می‌رود و باز هم می‌رود.")
CONTROLS = dict.fromkeys([0x200E, 0x200F, 0x061C,
                          *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def build(name, keep):
    style = os.path.join(tmp, name + ".yaml")
    with open(style, "w") as f:
        f.write("inherit: base\nparagraph: {kashida: true}\n"
                "page: {width: 90mm}\n"
                f"characters: {{keep-tatweel: {keep}}}\n")
    with open(os.path.join(tmp, name + ".md"), "w", encoding="utf-8") as f:
        f.write(f"---\nlang: fa\n---\n\n{TEXT}\n")
    subprocess.run([dabir, "build", os.path.join(tmp, name + ".md"), "-o",
                    tmp, "-q", "--style", style], check=True)
    return os.path.join(tmp, name + ".pdf")


def words(out):
    return [w for w in out.translate(CONTROLS).split() if w != "۱"]


def poppler(pdf):
    return words(subprocess.run(["pdftotext", pdf, "-"], capture_output=True,
                                text=True, check=True).stdout)


def pdfium(pdf):
    return words(subprocess.run(["node", "tests/lib/extract.mjs", "pdfium",
                                 pdf], capture_output=True, text=True,
                                check=True).stdout)


def pixels(pdf):
    return subprocess.run(["pdftoppm", "-r", "150", "-gray", pdf],
                          capture_output=True, check=True).stdout


def tell(good, what, more=""):
    print(("ok " if good else "not ok ") + what)
    if not good:
        print("#", more)


def main():
    carried, kept = build("carried", "false"), build("kept", "true")
    for reader in poppler, pdfium:
        got = reader(carried)
        tell(got == CARRIED.split(),
             f"{reader.__name__} finds the words without them",
             " ".join(got))
        got = reader(kept)
        tell(got == TEXT.split(),
             f"{reader.__name__} has them if the style keeps them",
             " ".join(got))
    a, b = pixels(carried), pixels(kept)
    differ = sum(abs(x - y) > 64 for x, y in zip(a, b))
    tell(len(a) == len(b) and differ == 0, "both look alike", differ)


main()
