#!/usr/bin/python3
"""tree_text.py FILE: the text of a tagged PDF as its structure tells it.

Walks the structure tree and puts together, for each element in order, the
marked content it owns: codes through ToUnicode, strings marked ReversedChars
turned round, a space where a string begins on another line. A block element
is a line of output. Artifacts do not appear. Written on qpdf's parser alone.
"""
import re
import sys

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, String

BLOCKS = {"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Title", "/Lbl",
          "/LBody", "/TD", "/TH", "/Caption", "/BibEntry", "/Note",
          "/Formula", "/Quote", "/TOCI", "/Figure"}
CONTROLS = dict.fromkeys([0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F),
                          *range(0x2066, 0x206A), 0xFEFF])


def read_map(font):
    data = bytes(font.ToUnicode.read_bytes()).decode("ascii")
    out = {}
    for code, text in re.findall(r"<([0-9A-F]{4})><([0-9A-F]+)>\n", data):
        out[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return out


class Page:
    """Text of a page by MCID: [(text, height)]."""

    def __init__(self, page, maps):
        self.marks = {}
        fonts = page.obj.Resources.get("/Font", Dictionary())
        stack, current, y = [], None, 0
        for operands, op in pikepdf.parse_content_stream(page):
            op = str(op)
            if op in ("BDC", "BMC"):
                mcid = None
                if op == "BDC" and isinstance(operands[1], Dictionary):
                    mcid = operands[1].get("/MCID")
                stack.append((str(operands[0]), mcid))
            elif op == "EMC":
                stack.pop()
            elif op == "Tf":
                font = fonts[str(operands[0])]
                key = font.objgen
                if key not in maps:
                    maps[key] = read_map(font)
                current = maps[key]
            elif op == "BT":
                y = 0
            elif op == "Tm":
                y = round(float(operands[5]), 2)
            elif op == "Td":
                y = round(y + float(operands[1]), 2)
            elif op in ("Tj", "TJ"):
                self.show(operands[0], current, stack, y)

    def show(self, what, table, stack, y):
        mcid = next((m for _, m in reversed(stack) if m is not None), None)
        if mcid is None:
            return
        data = b"".join(bytes(s) for s in what if isinstance(s, String)) \
            if isinstance(what, Array) else bytes(what)
        text = [table.get(data[i] << 8 | data[i + 1], "\ufffd")
                for i in range(0, len(data), 2)]
        if any(tag == "/ReversedChars" for tag, _ in stack):
            text.reverse()
        self.marks.setdefault(int(mcid), []).append(
            ("".join(text).translate(CONTROLS), y))


class Tree:
    def __init__(self, path):
        self.pdf = pikepdf.open(path)
        maps = {}
        self.pages = {p.obj.objgen: Page(p, maps) for p in self.pdf.pages}
        self.lines, self.line, self.y = [], "", None

    def flush(self):
        if self.line.strip():
            self.lines.append(self.line.strip())
        self.line, self.y = "", None

    def add(self, page, mcid):
        for text, y in self.pages[page].marks.get(mcid, []):
            if self.y is not None and (page, y) != self.y and \
                    not self.line.endswith(" "):
                self.line += " "
            self.line += text
            self.y = (page, y)

    def walk(self, e, page):
        kind = str(e.get("/S", ""))
        page = e["/Pg"].objgen if "/Pg" in e else page
        if kind in BLOCKS:
            self.flush()
        kids = e.get("/K", Array())
        for k in kids if isinstance(kids, Array) else [kids]:
            if isinstance(k, int):
                self.add(page, k)
            elif "/MCID" in k:
                self.add(k.get("/Pg", None).objgen if "/Pg" in k else page,
                         int(k.MCID))
            elif "/S" in k:
                self.walk(k, page)
        if kind in BLOCKS:
            self.flush()

    def text(self):
        root = self.pdf.Root.StructTreeRoot
        self.walk(Dictionary(K=root.K), None)
        self.flush()
        return "\n".join(self.lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(Tree(sys.argv[1]).text())
