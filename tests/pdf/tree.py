#!/usr/bin/python3
"""tree.py FILE: what a tagged PDF says of itself, as text to compare.

First the catalog and what it claims; then the structure, an element a line
with its attributes, the text it owns («…», a sequence each) and its links;
then what the artifacts are. No page numbers and no coordinates: a line that
moves to another page changes nothing here.

What must hold of any tagged file is checked on the way and told by lines
that begin with "!": parents that are not, numbers that lead elsewhere,
annotations of other pages, boxes off the page, marks that nobody owns,
content that is neither tagged nor an artifact.
"""
import os
import re
import sys

import pikepdf
from pikepdf import Array, Dictionary, Name

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tree_text import Page  # noqa: E402

SHOWN = ("/Lang", "/T", "/Alt", "/E", "/ActualText", "/ID")
PAINTS = {"f": "fill", "f*": "fill", "S": "stroke", "s": "stroke",
          "B": "fill", "b": "fill", "Do": "image", "sh": "fill"}


def as_list(v):
    return list(v) if isinstance(v, Array) else [] if v is None else [v]


def leaves(tree, key):
    """(number or name, value) of a number or name tree."""
    for kid in tree.get("/Kids", []):
        yield from leaves(kid, key)
    pairs = list(tree.get(key, []))
    yield from zip(pairs[::2], pairs[1::2])


class Reader:
    def __init__(self, path):
        self.pdf = pikepdf.open(path)
        self.root = self.pdf.Root.get("/StructTreeRoot")
        self.wrong, self.out = [], []
        maps = {}
        self.pages = {p.obj.objgen: p for p in self.pdf.pages}
        self.text = {p.obj.objgen: Page(p, maps) for p in self.pdf.pages}
        self.owner = {}		# (page, MCID) or annotation -> element
        self.ids = {}
        self.artifacts = {}

    def fault(self, what):
        self.wrong.append("! " + what)

    # --- the file -----------------------------------------------------------

    def catalog(self):
        root = self.pdf.Root
        say = self.out.append
        say(f"Lang {root.get('/Lang')}")
        for key, v in sorted(root.get("/ViewerPreferences",
                                      Dictionary()).items()):
            say(f"{key[1:]} {v}")
        for key in ("/PageMode", "/PageLayout"):
            if key in root:
                say(f"{key[1:]} {root[key]}")
        say(f"Marked {root.get('/MarkInfo', Dictionary()).get('/Marked')}")
        xmp = bytes(root.Metadata.read_bytes()).decode()
        for name in ("dc:title", "dc:creator", "pdfuaid:part", "pdfaid:part",
                     "pdfaid:conformance"):
            m = re.search(f"(?s)<{name}>(.*?)</{name}>", xmp)
            if m:
                words = re.findall(r"<rdf:li[^>]*>(.*?)</rdf:li>", m[1])
                say(f"{name} {' | '.join(words or [m[1]])}")
        if any(p.obj.get("/Tabs") != Name.S for p in self.pdf.pages):
            self.fault("a page without /Tabs /S")

    # --- elements -----------------------------------------------------------

    def attributes(self, e):
        out = []
        for key in SHOWN:
            if key in e:
                v = str(e[key]).replace("\n", "⏎")
                out.append(f"{key[1:]}=" + (v if key in ("/Lang", "/ID")
                                            else f"“{v}”"))
        for a in as_list(e.get("/A")):
            for key, v in sorted(a.items()):
                if key == "/BBox":
                    self.box(v, e)
                    v = "…"
                if key != "/O":
                    out.append(f"{str(a.O)[1:]}.{key[1:]}="
                               f"{str(v).lstrip('/')}")
        return "".join(" " + s for s in out)

    def box(self, v, e):
        media = [float(x) for x in next(iter(self.pages.values())).mediabox]
        b = [float(x) for x in v]
        if not (media[0] <= b[0] < b[2] <= media[2] and
                media[1] <= b[1] < b[3] <= media[3]):
            self.fault(f"{e.get('/S')} has a box off the page: {b}")

    def mark(self, page, mcid, e):
        """The text of a sequence of `e`."""
        if (page, mcid) in self.owner:
            self.fault(f"sequence {mcid} has two owners")
        self.owner[page, mcid] = e.objgen
        if page is None:
            self.fault(f"{e.S} has a sequence of no page")
            return "?"
        text, last = "", None
        for piece, y in self.text[page].marks.get(mcid, []):
            # A space where a string begins on another line.
            if last not in (None, y) and not text.endswith(" "):
                text += " "
            text += piece
            last = y
        return f"«{text}»"

    def link(self, k, e):
        annot, page = k.get("/Obj"), k.get("/Pg")
        if page is None or annot.objgen not in (
                a.objgen for a in page.get("/Annots", [])):
            self.fault(f"link “{annot.get('/Contents')}” is on no page, or "
                       "another")
        self.owner[annot.objgen] = e.objgen
        kind = "URI" if "/A" in annot else "Dest" if "/Dest" in annot else "?"
        return f"link {kind} “{annot.get('/Contents')}”"

    def element(self, e, parent, page, depth):
        if parent is not None and e.P.objgen != parent.objgen:
            self.fault(f"{e.S} names another parent")
        if "/ID" in e:
            if str(e.ID) in self.ids:
                self.fault(f"two elements are called {e.ID}")
            self.ids[str(e.ID)] = e.objgen
        page = e["/Pg"].objgen if "/Pg" in e else page
        at = len(self.out)
        self.out.append("")
        own = []
        for k in as_list(e.get("/K")):
            if isinstance(k, int):
                own.append(self.mark(page, int(k), e))
            elif "/MCID" in k:
                own.append(self.mark(k.Pg.objgen if "/Pg" in k else page,
                                     int(k.MCID), e))
            elif k.get("/Type") == Name.OBJR:
                own.append(self.link(k, e))
            else:
                self.spill(own, depth)
                self.element(k, e, page, depth + 1)
        line = "  " * depth + str(e.S)[1:] + self.attributes(e)
        if len(self.out) == at + 1 and own:
            line += " " + " ".join(own)
        else:
            self.spill(own, depth)
        self.out[at] = line

    def spill(self, own, depth):
        """Sequences between children have a line."""
        if own:
            self.out.append("  " * (depth + 1) + " ".join(own))
            own.clear()

    # --- back from pages ------------------------------------------------------

    def parents(self):
        numbers = {int(k): v for k, v in leaves(self.root.ParentTree,
                                                "/Nums")}
        seen = set()
        for key, page in self.pages.items():
            row = numbers.get(int(page.obj.get("/StructParents", -1)), [])
            for i, e in enumerate(row):
                seen.add((key, i))
                if self.owner.get((key, i)) != e.objgen:
                    self.fault(f"sequence {i} leads to another element")
            if set(self.text[key].marks) - set(range(len(row))):
                self.fault("a sequence that the parent tree has not")
            for a in page.obj.get("/Annots", []):
                e = numbers.get(int(a.get("/StructParent", -1)))
                if e is None or self.owner.get(a.objgen) != e.objgen:
                    self.fault(f"link “{a.get('/Contents')}” leads to "
                               "another element")
        if {k for k in self.owner if isinstance(k[0], tuple)} - seen:
            self.fault("the parent tree lacks sequences")
        names = {str(k): v.objgen for k, v in leaves(
            self.root.get("/IDTree", Dictionary()), "/Names")}
        if names != self.ids:
            self.fault(f"IDTree: {len(names)} names of {len(self.ids)}")
        if list(names) != sorted(names, key=lambda s: s.encode()):
            self.fault("IDTree is out of order")

    # --- artifacts ------------------------------------------------------------

    def content(self):
        for p in self.pdf.pages:
            stack = []
            for operands, op in pikepdf.parse_content_stream(p):
                op = str(op)
                if op in ("BDC", "BMC"):
                    stack.append((str(operands[0]), operands[1] if
                                  op == "BDC" else Dictionary()))
                elif op == "EMC":
                    stack.pop()
                elif op in PAINTS or op in ("Tj", "TJ"):
                    self.paint(PAINTS.get(op, "text"), stack)

    def paint(self, what, stack):
        for name, d in stack:
            if name == "/Artifact":
                kind = " ".join(str(d[k])[1:] for k in ("/Type", "/Subtype")
                                if k in d)
                if "/BBox" in d:
                    kind += " BBox"
                    self.box(d.BBox, Dictionary(S=Name.Artifact))
                self.artifacts.setdefault(kind, set()).add(what)
                return
            if "/MCID" in d:
                return
        self.fault(f"{what} that is neither tagged nor an artifact")

    def all(self):
        self.catalog()
        for e in as_list(self.root.K):
            self.element(e, None, None, 0)
        self.parents()
        self.content()
        for kind, what in sorted(self.artifacts.items()):
            self.out.append(f"Artifact {kind}: {', '.join(sorted(what))}")
        return self.out + sorted(set(self.wrong))


if __name__ == "__main__":
    print("\n".join(Reader(sys.argv[1]).all()))
