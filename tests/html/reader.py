#!/usr/bin/python3
"""reader.py check FILE...    what an independent parser finds amiss
reader.py text FILE        the words of the running text, for check_words.py

Python's own html.parser, which knows nothing of browsers' ways of mending.
"""
import sys
from html.parser import HTMLParser
from urllib.parse import unquote

VOID = {"meta", "br", "hr", "img", "col", "link", "input"}
BLOCK = {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt",
         "dd", "caption", "figcaption", "div", "pre", "blockquote", "tr",
         "section", "header", "nav", "ol", "ul", "dl", "table", "title"}
KNOWN = BLOCK | VOID | {
    "html", "head", "body", "main", "style", "thead", "tbody", "figure",
    "a", "strong", "em", "s", "code", "span", "bdi", "sup", "time"}
# Attributes that may be there; no other, whatever a manuscript holds.
ATTRS = {"lang", "dir", "charset", "name", "content", "id", "class", "href",
         "role", "aria-labelledby", "aria-label", "aria-current", "tabindex",
         "scope", "title", "start", "value", "translate", "datetime", "src",
         "alt", "width", "height", "style"}


class Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.hrefs, self.named = [], [], [], []
        self.levels, self.bad, self.elements = [], [], []

    def complain(self, what):
        self.bad.append(f"line {self.getpos()[0]}: {what}")

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if len(a) != len(attrs):
            self.complain(f"<{tag}> has an attribute twice")
        if tag not in KNOWN:
            self.complain(f"<{tag}>")
        for name in a:
            if name not in ATTRS:
                self.complain(f"<{tag} {name}>")
        if tag in BLOCK and "p" in self.open:
            self.complain(f"<{tag}> in a paragraph")
        if tag == "a" and "a" in self.open:
            self.complain("a link in a link")
        if tag not in VOID:
            self.open.append(tag)
        self.elements.append((tag, a))
        if "id" in a:
            self.ids.append(a["id"])
        if a.get("href", "").startswith("#"):
            self.hrefs.append(a["href"][1:])
        self.named += a.get("aria-labelledby", "").split()
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.levels.append(int(tag[1]))
        if tag == "img" and "alt" not in a:
            self.complain("a picture without alt")
        if tag == "th" and a.get("scope") not in ("col", "row"):
            self.complain("a <th> without scope")

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.complain(f"</{tag}> closes <{(self.open or ['nothing'])[-1]}>")
            if tag not in self.open:
                return
        while self.open.pop() != tag:
            pass

    def handle_comment(self, data):
        self.complain("a comment")


def read(path):
    r = Reader()
    with open(path, encoding="utf-8", newline="") as f:
        r.feed(f.read())
    r.close()
    return r


def check(path):
    r = read(path)
    bad = list(r.bad)
    bad += [f"<{t}> is never closed" for t in r.open]
    bad += [f"id “{i}” stands twice" for i in set(r.ids)
            if r.ids.count(i) > 1]
    bad += [f"“#{h}” leads nowhere" for h in set(r.hrefs)
            if unquote(h) not in r.ids]
    bad += [f"named by “{n}”, which is not there" for n in r.named
            if n not in r.ids]
    if r.levels.count(1) != 1:
        bad.append(f"{r.levels.count(1)} first headings")
    for a, b in zip(r.levels, r.levels[1:]):
        if b > a + 1:
            bad.append(f"<h{b}> follows <h{a}>")
    first = dict(r.elements).get("html", {})
    if "lang" not in first or "dir" not in first:
        bad.append("<html> tells no language or direction")
    for tag in ("main", "title"):
        if [t for t, _ in r.elements].count(tag) != 1:
            bad.append(f"not one <{tag}>")
    print(f"{path}: {len(r.elements)} elements, {len(bad)} amiss")
    for b in bad:
        print("  " + b)
    return not bad


# What the source's running text does not have: as on the page, these stand
# beside it.
BESIDE = {"header", "nav", "table", "style", "title"}


def text(path):
    skip, out, depth = 0, [], []

    class Text(HTMLParser):
        def handle_starttag(self, tag, attrs):
            nonlocal skip
            cls = dict(attrs).get("class", "").split()
            role = dict(attrs).get("role", "")
            hide = tag in BESIDE or "db-timeline" in cls or \
                "db-hidden" in cls or role in (
                    "doc-glossary", "doc-noteref", "doc-endnotes")
            if tag not in VOID:
                depth.append(hide)
                skip += hide
            if tag in BLOCK:
                out.append("\n")

        def handle_endtag(self, tag):
            nonlocal skip
            skip -= depth.pop()
            if tag in BLOCK:
                out.append("\n")

        def handle_data(self, data):
            if not skip:
                out.append(data)

    t = Text(convert_charrefs=True)
    with open(path, encoding="utf-8") as f:
        t.feed(f.read())
    lines = (" ".join(x.split()) for x in "".join(out).split("\n\n"))
    print("\n".join(x for x in lines if x))


def main():
    mode, files = sys.argv[1], sys.argv[2:]
    if mode == "text":
        text(files[0])
    else:
        sys.exit(not all([check(f) for f in files]))


main()
