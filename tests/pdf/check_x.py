#!/usr/bin/python3
"""check_x.py x4|x1a|marks FILE: does a PDF keep the rules of PDF/X?

Reads the file with qpdf's parser (pikepdf), which shares nothing with the
program that wrote it. One line a rule, `ok` or `not ok`; status 1 if one is
broken. Written from ISO 15930's requirements as far as a book meets them.

marks: instead of these rules, are all printer's marks where they belong?
Crop marks at each corner of the trim, outside the bleed; a target in the
middle of each side; patches of the inks; words; all of them clear of the page.
"""
import re
import sys
import xml.etree.ElementTree as ET

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PAINTS = {"Tj", "TJ", "'", '"'}


def near(a, b):
    return abs(a - b) < 0.02


class Mark:
    """A path painted: its box, how, whether on all plates, its fill."""

    def __init__(self, points, how, plates, fill, curves):
        self.x0, self.x1 = (f(x for x, _ in points) for f in (min, max))
        self.y0, self.y1 = (f(y for _, y in points) for f in (min, max))
        self.how, self.plates, self.fill = how, plates, fill
        self.curves = curves

    def at(self, axis):
        """Its place across, if it runs along the other axis."""
        a, b = ((self.x0, self.x1), (self.y0, self.y1))[axis]
        return a if near(a, b) else float("inf")

    def beyond(self, box, axis, side):
        low, high = ((self.x0, self.x1), (self.y0, self.y1))[axis]
        return high <= box[side] if side < 2 else low >= box[side]


class Drawn:
    """Paths and places of text of a page's own stream, in its space."""

    def __init__(self, page):
        self.marks, self.texts = [], []
        ctm, stack = (1, 0, 0, 1, 0, 0), []
        points, curves = [], 0
        stroke_all, fill = False, None
        for operands, op in pikepdf.parse_content_stream(page):
            op = str(op)
            v = [float(x) for x in operands] if op in (
                "cm", "m", "l", "c", "re", "k", "Tm", "Td") else operands
            if op == "q":
                stack.append((ctm, stroke_all, fill))
            elif op == "Q":
                ctm, stroke_all, fill = stack.pop()
            elif op == "cm":
                ctm = self.times(v, ctm)
            elif op in ("m", "l"):
                points.append(self.at(ctm, *v))
            elif op == "c":
                points.append(self.at(ctm, *v[4:]))
                curves += 1
            elif op == "re":
                points += [self.at(ctm, v[0], v[1]),
                           self.at(ctm, v[0] + v[2], v[1] + v[3])]
            elif op == "CS":
                stroke_all = str(v[0]) == "/All"
            elif op in ("K", "G", "RG"):
                stroke_all = False
            elif op == "k":
                fill = tuple(v)
            elif op in ("S", "s", "f", "n"):
                if points and op != "n":
                    self.marks.append(Mark(points, op.upper() if op == "s"
                                           else op, stroke_all and op != "f",
                                           fill, curves))
                points, curves = [], 0
            elif op == "BT":
                text = (0, 0)
            elif op in ("Tm", "Td"):
                text = (v[4], v[5]) if op == "Tm" else \
                    (text[0] + v[0], text[1] + v[1])
                self.texts.append(self.at(ctm, *text))

    @staticmethod
    def times(m, n):
        return (m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3],
                m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
                m[4] * n[0] + m[5] * n[2] + n[4],
                m[4] * n[1] + m[5] * n[3] + n[5])

    @staticmethod
    def at(m, x, y):
        return (round(m[0] * x + m[2] * y + m[4], 2),
                round(m[1] * x + m[3] * y + m[5], 2))


class Checker:
    def __init__(self, kind, path):
        self.kind = kind
        self.broken = 0
        self.pdf = pikepdf.open(path)
        self.head = open(path, "rb").read(16)
        self.root = self.pdf.Root
        self.info = self.pdf.trailer.get("/Info", Dictionary())
        self.streams = [o for o in self.pdf.objects if isinstance(o, Stream)]
        self.dicts = [o for o in self.pdf.objects
                      if isinstance(o, (Dictionary, Stream))]
        self.xmp = self.read_xmp()

    def rule(self, what, why):
        """`why` is empty where the rule is kept."""
        print("not ok" if why else "ok", what + (f": {why}" if why else ""))
        self.broken += bool(why)

    def read_xmp(self):
        out = {}
        try:
            text = bytes(self.root.Metadata.read_bytes()).decode("utf-8")
            text = re.sub(r"<\?xpacket[^>]*\?>", "", text)
            tree = ET.fromstring(text.strip().lstrip("\ufeff"))
        except (AttributeError, KeyError, ET.ParseError, UnicodeDecodeError):
            return out
        for d in tree.iter(RDF + "Description"):
            for child in d:
                name = child.tag.split("}")[1]
                out[name] = "".join(child.itertext()).strip()
        return out

    def of_info(self, key):
        return str(self.info[key]) if key in self.info else None

    # --- one rule each ----------------------------------------------------

    def version(self):
        want = {"x4": b"%PDF-1.6", "x1a": b"%PDF-1.4"}[self.kind]
        self.rule("version", "" if self.head.startswith(want) else
                  repr(self.head[:8]))
        if self.kind == "x1a":
            packed = [o for o in self.streams
                      if o.get("/Type") in (Name.ObjStm, Name.XRef)]
            self.rule("no object streams", "found" if packed else "")

    def encryption(self):
        self.rule("no encryption",
                  "encrypted" if "/Encrypt" in self.pdf.trailer else "")

    def identifier(self):
        i = self.pdf.trailer.get("/ID")
        self.rule("trailer ID", "" if i is not None and len(i) == 2 and
                  all(len(bytes(s)) >= 16 for s in i) else "none")

    def information(self):
        for key in ("/Title", "/CreationDate", "/ModDate", "/Producer"):
            self.rule("Info " + key[1:], "" if self.of_info(key) else "none")
        trapped = self.info.get("/Trapped")
        self.rule("Trapped", "" if trapped in (Name("/False"), Name("/True"))
                  else repr(trapped))
        if self.kind == "x1a":
            v = self.of_info("/GTS_PDFXVersion")
            self.rule("GTS_PDFXVersion in Info",
                      "" if v == "PDF/X-1a:2003" else repr(v))

    def metadata(self):
        if self.kind != "x4":
            return
        x = self.xmp
        self.rule("GTS_PDFXVersion in XMP", "" if
                  x.get("GTS_PDFXVersion") == "PDF/X-4" else
                  repr(x.get("GTS_PDFXVersion")))
        for key in ("DocumentID", "VersionID", "RenditionClass",
                    "CreateDate", "ModifyDate", "MetadataDate", "Trapped",
                    "title"):
            self.rule("XMP " + key, "" if x.get(key) else "none")
        self.rule("Title in step", "" if x.get("title") ==
                  self.of_info("/Title") else "Info and XMP differ")
        digits = lambda s: re.sub(r"\D", "", s or "")[:14]
        for a, b in (("CreateDate", "/CreationDate"),
                     ("ModifyDate", "/ModDate")):
            self.rule(b[1:] + " in step", "" if digits(x.get(a)) ==
                      digits(self.of_info(b)) else "Info and XMP differ")
        self.rule("Trapped in step", "" if "/" + x.get("Trapped", "") ==
                  str(self.info.get("/Trapped")) else "Info and XMP differ")

    def intent(self):
        found = [i for i in self.root.get("/OutputIntents", Array())
                 if i.get("/S") == Name.GTS_PDFX]
        self.rule("one output intent", "" if len(found) == 1 else
                  f"{len(found)} of them")
        if len(found) != 1:
            return
        i = found[0]
        self.rule("OutputConditionIdentifier", "" if
                  str(i.get("/OutputConditionIdentifier", "")) else "none")
        profile = i.get("/DestOutputProfile")
        if profile is None:
            self.rule("profile or registry", "" if self.kind == "x1a" and
                      "/RegistryName" in i else "none")
            return
        data = bytes(profile.read_bytes())
        self.rule("profile is for output", "" if data[12:16] == b"prtr" else
                  repr(data[12:16]))
        self.rule("profile is of CMYK", "" if data[16:20] == b"CMYK" and
                  profile.get("/N") == 4 else repr(data[16:20]))
        self.rule("profile is whole", "" if
                  int.from_bytes(data[:4], "big") == len(data) and
                  data[36:40] == b"acsp" else "its size is not what it says")

    def boxes(self):
        why = {}
        for n, page in enumerate(self.pdf.pages, 1):
            box = {k: [float(v) for v in page.obj[k]]
                   for k in ("/MediaBox", "/BleedBox", "/TrimBox", "/ArtBox")
                   if k in page.obj}
            if ("/TrimBox" in box) == ("/ArtBox" in box):
                why["TrimBox or ArtBox, not both"] = f"page {n}"
            inner = box.get("/TrimBox") or box.get("/ArtBox")
            chain = [box.get("/MediaBox"), box.get("/BleedBox"), inner]
            chain = [b for b in chain if b]
            for a, b in zip(chain, chain[1:]):
                if not (a[0] <= b[0] <= b[2] <= a[2] and
                        a[1] <= b[1] <= b[3] <= a[3]):
                    why["boxes nested"] = f"page {n}"
        for what in ("TrimBox or ArtBox, not both", "boxes nested"):
            self.rule(what, why.get(what, ""))

    def fonts(self):
        bare = []
        for o in self.dicts:
            if o.get("/Type") != Name.Font or o.get("/Subtype") in (
                    Name.Type0, Name.Type3):
                continue
            d = o.get("/FontDescriptor", Dictionary())
            if not any(k in d for k in ("/FontFile", "/FontFile2",
                                        "/FontFile3")):
                bare.append(str(o.get("/BaseFont")))
        self.rule("fonts embedded", ", ".join(bare))

    def filters(self):
        bad = set()
        for s in self.streams:
            f = s.get("/Filter", Array())
            names = [f] if isinstance(f, Name) else list(f)
            bad |= {str(n) for n in names if n in (Name.LZWDecode,
                                                   Name.Crypt)}
            if "/F" in s:
                bad.add("external file")
        self.rule("no LZW, nothing outside", ", ".join(bad))

    def actions(self):
        bad = set()
        for o in self.dicts:
            if o.get("/S") in (Name.JavaScript, Name.Launch, Name.SubmitForm):
                bad.add(str(o.S))
            if "/JS" in o or "/AA" in o:
                bad.add("actions")
        if "/OpenAction" in self.root or "/AcroForm" in self.root:
            bad.add("OpenAction or form")
        self.rule("no actions", ", ".join(bad))

    def annotations(self):
        why = ""
        for n, page in enumerate(self.pdf.pages, 1):
            for a in page.obj.get("/Annots", Array()):
                if a.get("/Subtype") in (Name.TrapNet, Name.PrinterMark):
                    continue
                outer = page.obj.get("/BleedBox", page.obj.get("/TrimBox",
                                     page.obj.get("/MediaBox")))
                r = [float(v) for v in a.Rect]
                b = [float(v) for v in outer]
                if r[0] < b[2] and r[2] > b[0] and r[1] < b[3] and r[3] > b[1]:
                    why = f"page {n}"
        self.rule("annotations only outside the bleed", why)

    def graphics_states(self):
        bad = set()
        for o in self.all_states():
            if "/TR" in o or o.get("/TR2", Name.Default) != Name.Default:
                bad.add("transfer curve")
            if "/HTP" in o:
                bad.add("HTP")
            h = o.get("/HT")
            if isinstance(h, (Dictionary, Stream)) and \
                    h.get("/HalftoneType") not in (1, 5):
                bad.add("halftone")
        self.rule("no transfer curves, halftones 1 or 5", ", ".join(bad))
        if self.kind == "x1a":
            clear = set()
            for o in self.all_states():
                if o.get("/SMask", Name("/None")) != Name("/None"):
                    clear.add("SMask")
                if float(o.get("/ca", 1)) < 1 or float(o.get("/CA", 1)) < 1:
                    clear.add("alpha")
                if o.get("/BM", Name.Normal) not in (Name.Normal,
                                                     Name.Compatible):
                    clear.add("blend mode")
            if any("/SMask" in s for s in self.streams if
                   s.get("/Subtype") == Name.Image):
                clear.add("image mask")
            if any(o.get("/S") == Name.Transparency for o in self.dicts):
                clear.add("group")
            self.rule("no transparency", ", ".join(clear))

    def resources(self):
        """Resources of pages and forms."""
        seen, out = set(), []
        for o in [p.obj for p in self.pdf.pages] + self.streams:
            r = o.get("/Resources")
            if r is None and isinstance(o, Dictionary):
                r = o.get("/Parent", Dictionary()).get("/Resources")
            if r is None:
                continue
            key = r.objgen if r.is_indirect else id(o)
            if key not in seen:
                seen.add(key)
                out.append(r)
        return out

    def all_states(self):
        return [s for r in self.resources()
                for _, s in r.get("/ExtGState", Dictionary()).items()]

    def postscript(self):
        bad = [s for s in self.streams if s.get("/Subtype") == Name.PS or
               s.get("/Subtype2") == Name.PS]
        self.rule("no PostScript", "found" if bad else "")

    def contents(self):
        """Colours and overprint as the operators set them."""
        rgb, loose, white = [], [], []
        for n, page in enumerate(self.pdf.pages, 1):
            self.walk(page, page.obj.get("/Resources", Dictionary()), n, rgb,
                      loose, white)
        self.rule("gray, inks and spot colours only", ", ".join(
            sorted(set(rgb))[:3]))
        self.rule("black text overprints", ", ".join(sorted(set(loose))[:3]))
        self.rule("white never overprints", ", ".join(sorted(set(white))[:3]))
        spaces = set()
        for r in self.resources():
            for name, s in r.get("/ColorSpace", Dictionary()).items():
                if isinstance(s, Array) and s[0] in (
                        Name.CalRGB, Name.CalGray, Name.Lab) or \
                        s == Name.DeviceRGB:
                    spaces.add(name)
                if isinstance(s, Array) and s[0] == Name.ICCBased and \
                        self.kind == "x1a":
                    spaces.add(name)
        for s in self.streams:
            if s.get("/Subtype") == Name.Image and not s.get(
                    "/ImageMask", False):
                c = s.get("/ColorSpace")
                if c == Name.DeviceRGB or self.kind == "x1a" and \
                        isinstance(c, Array) and c[0] == Name.ICCBased:
                    spaces.add("image")
        self.rule("colour spaces", ", ".join(spaces))

    def walk(self, page, resources, n, rgb, loose, white):
        fill, over = None, (False, 0)
        stack = []
        states = resources.get("/ExtGState", Dictionary())
        for operands, op in pikepdf.parse_content_stream(page):
            op = str(op)
            if op == "q":
                stack.append((fill, over))
            elif op == "Q" and stack:
                fill, over = stack.pop()
            elif op in ("rg", "RG"):
                rgb.append(f"{op} on page {n}")
            elif op in ("cs", "CS") and operands[0] in (
                    Name.DeviceRGB, Name.CalRGB):
                rgb.append(f"{op} on page {n}")
            elif op == "k":
                fill = tuple(float(v) for v in operands)
            elif op in ("g", "scn", "sc", "cs"):
                fill = (op,) + tuple(map(str, operands))
            elif op == "gs":
                s = states.get(str(operands[0]), Dictionary())
                over = (bool(s.get("/op", s.get("/OP", over[0]))),
                        int(s.get("/OPM", over[1])))
            elif op in PAINTS or op in ("f", "f*", "B", "b", "B*", "b*"):
                if fill == (0, 0, 0, 0) and over[0]:
                    white.append(f"page {n}")
                black = fill == (0, 0, 0, 1) and over == (True, 1)
                if op in PAINTS and not black and (
                        fill is None or fill[0] == "g" or
                        fill == (0, 0, 0, 1)):
                    loose.append(f"page {n}: {fill}")

    def marks(self):
        for n, page in enumerate(self.pdf.pages, 1):
            trim, bleed = ([float(v) for v in page.obj[k]]
                           for k in ("/TrimBox", "/BleedBox"))
            drawn = Drawn(page)
            say = lambda what, why: self.rule(f"page {n}: {what}", why)
            lines = [m for m in drawn.marks if m.how == "S" and m.plates and
                     (m.x0 == m.x1 or m.y0 == m.y1)]
            left = {(side, edge) for side in (0, 2) for edge in (1, 3)}
            # Two lines a corner, in the line of the trim's edges.
            for kind, axis in (("upright", 0), ("level", 1)):
                found = {(s, e) for s, e in left for m in lines
                         if near(m.at(axis), trim[s if axis == 0 else e]) and
                         m.beyond(bleed, 1 - axis, e if axis == 0 else s)}
                say(f"crop marks, {kind}", "" if found == left else
                    f"only {len(found)} of 4")
            mid = ((trim[0] + trim[2]) / 2, (trim[1] + trim[3]) / 2)
            targets = {side for side in range(4) for m in drawn.marks
                       if m.curves == 4 and m.plates and
                       near((m.x0 + m.x1) / 2, mid[0]) == (side % 2 == 1) and
                       near((m.y0 + m.y1) / 2, mid[1]) == (side % 2 == 0) and
                       m.beyond(bleed, side % 2, side)}
            say("registration marks", "" if len(targets) == 4 else
                f"only {len(targets)} of 4")
            if self.kind_of_ink(page):
                inks = {m.fill for m in drawn.marks if m.how == "f" and
                        m.beyond(bleed, 1, 3)}
                wants = {tuple(float(i == k) for i in range(4))
                         for k in range(4)}
                say("colour bar", "" if wants <= inks else
                    f"{len(wants - inks)} inks lack")
            words = [y for x, y in drawn.texts if y < bleed[1]]
            say("slug line", "" if words else "none")
            inside = [m for m in drawn.marks if m.plates and not any(
                m.beyond(bleed, side % 2, side) for side in range(4))]
            say("marks outside the bleed", "" if not inside else
                f"{len(inside)} within")

    def kind_of_ink(self, page):
        return any(i.get("/S") == Name.GTS_PDFX for i in
                   self.root.get("/OutputIntents", Array()))

    def all(self):
        if self.kind == "marks":
            self.marks()
            return self.broken
        for rule in (self.version, self.encryption, self.identifier,
                     self.information, self.metadata, self.intent, self.boxes,
                     self.fonts, self.filters, self.actions,
                     self.annotations, self.graphics_states, self.postscript,
                     self.contents):
            rule()
        return self.broken


if __name__ == "__main__":
    sys.exit(1 if Checker(sys.argv[1], sys.argv[2]).all() else 0)
