"""What stands where on the pages of a PDF, as poppler and qpdf's parser see
it: words, and rules (rectangles filled, at most a point high)."""
import html
import os
import re
import subprocess

import pikepdf

DABIR, TMP = os.environ["DABIR"], os.environ["TMP"]
TOP = os.getcwd()


class Page:
    def __init__(self):
        self.words = []         # (x0, y0, x1, y1, word), y downwards
        self.rules = []         # (x0, y, x1)
        self.text = ""

    def has(self, *words):
        return all(w in self.text for w in words)

    def word(self, word):
        return next(w for w in self.words if word in w[4])


CONTROLS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def plain(word):
    """As it was written: poppler gives boxes with words as drawn."""
    word = CONTROLS.sub("", word)
    return word[::-1] if re.search("[\u0620-\u06ef]", word) and not re.fullmatch(
        "[\u06f0-\u06f9]+", word) else word


def rules_of(page):
    height = float(page.mediabox[3])
    found = set()
    for operands, op in pikepdf.parse_content_stream(page):
        if str(op) == "re":
            x, y, w, h = (float(v) for v in operands)
            if 0 < h <= 1 and w > 1:
                found.add((round(x, 1), round(height - y, 1),
                           round(x + w, 1)))
    return sorted(found, key=lambda r: (r[1], r[0]))


def pages(path):
    text = subprocess.run(["pdftotext", "-bbox", path, "-"], text=True,
                          capture_output=True, check=True).stdout
    out = []
    for line in text.splitlines():
        if "<page " in line:
            out.append(Page())
        m = re.search(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" '
                      r'xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>', line)
        if m:
            box = [round(float(v), 1) for v in m.groups()[:4]]
            out[-1].words.append((*box, plain(html.unescape(m[5]))))
    text = subprocess.run(["pdftotext", path, "-"], text=True,
                          capture_output=True, check=True).stdout
    with pikepdf.open(path) as pdf:
        for mine, page, words in zip(out, pdf.pages, text.split("\f")):
            mine.rules = rules_of(page)
            mine.text = CONTROLS.sub("", words)
    return out


def alts(path):
    """/Alt of every element of the structure tree that has one."""
    with pikepdf.open(path) as pdf:
        return [str(o.Alt) for o in pdf.objects
                if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]


def room(name):
    """A folder from which styles and fonts are found."""
    path = os.path.join(TMP, name)
    os.makedirs(path)
    for what in ("styles", "fonts"):
        os.symlink(os.path.join(TOP, what), os.path.join(path, what))
    return path


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
        f.write(text)


def dabir(*args, **more):
    done = subprocess.run([DABIR, *args], text=True, capture_output=True,
                          **more)
    return done.returncode, done.stdout, done.stderr


class Verdicts:
    def __init__(self):
        self.bad = 0

    def __call__(self, what, good, *why):
        print(("ok " if good else "not ok ") + what)
        for line in why if not good else ():
            print("#", line)
