#!/usr/bin/python3
"""break.py x4|marks|ua|a2a FILE FOLDER: copies of a good file, each with one
thing wrong. Prints a line for each: its path, a tab, the rule that must notice
(for x4 and marks: the beginning of the line that check_x.py must print).
"""
import re
import sys

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream


def fonts(pdf, kind):
    return [o for o in pdf.objects if isinstance(o, Dictionary) and
            o.get("/Type") == kind]


def elems(pdf, role):
    return [o for o in pdf.objects if isinstance(o, Dictionary) and
            o.get("/S") == role and "/P" in o]


def contents(page, change):
    page.obj.Contents.write(change(page.obj.Contents.read_bytes()))


def xmp(pdf, old, new):
    data = pdf.Root.Metadata.read_bytes()
    assert old in data
    pdf.Root.Metadata.write(data.replace(old, new))


def add_intent_profile(pdf, data, n):
    pdf.Root.OutputIntents[0].DestOutputProfile = Stream(pdf, data, N=n)


def no_trim(pdf):
    del pdf.pages[0].obj["/TrimBox"]


def trim_too_large(pdf):
    pdf.pages[0].obj.TrimBox = Array([-5, 0, 2000, 10])


def no_intent(pdf):
    del pdf.Root["/OutputIntents"]


def screen_profile(pdf):
    data = bytes(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes())
    add_intent_profile(pdf, data[:16] + b"RGB " + data[20:], 3)


def not_trapped(pdf):
    del pdf.docinfo["/Trapped"]


def other_title(pdf):
    pdf.docinfo["/Title"] = "Another"


def red(pdf):
    contents(pdf.pages[0], lambda c: c + b"\n1 0 0 rg 0 0 5 5 re f")


def no_font(pdf):
    del fonts(pdf, Name.FontDescriptor)[0]["/FontFile2"]


def annotation(pdf):
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=Array([100, 100, 120, 120])))])


def states(pdf):
    return pdf.pages[0].obj.Resources.ExtGState


def transfer(pdf):
    states(pdf).O1.TR = Name.Identity


def knock_out(pdf):
    states(pdf).O1.op = False


def white_over(pdf):
    contents(pdf.pages[0], lambda c: c + b"\n/O1 gs 0 0 0 0 k 0 0 5 5 re f")


def opens(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="1")


def no_version_in_xmp(pdf):
    xmp(pdf, b"PDF/X-4<", b"PDF/X-3<")


def no_dates(pdf):
    xmp(pdf, b"<xmp:CreateDate>2", b"<xmp:CreateDate>1")


def no_lang(pdf):
    del pdf.Root["/Lang"]
    for e in elems(pdf, Name.Document):
        del e["/Lang"]


def no_marks(pdf):
    del pdf.Root["/MarkInfo"]


def no_alt(pdf):
    del elems(pdf, Name.Figure)[0]["/Alt"]


def untagged(pdf):
    contents(pdf.pages[0], lambda c: c + b"\n0 g 0 0 5 5 re f")


def no_display_title(pdf):
    del pdf.Root.ViewerPreferences["/DisplayDocTitle"]


def no_tabs(pdf):
    for p in pdf.pages:
        if "/Annots" in p.obj:
            del p.obj["/Tabs"]


def skipped_heading(pdf):
    elems(pdf, Name.H2)[0].S = Name.H4


def no_scope(pdf):
    for e in elems(pdf, Name.TH):
        if "/A" in e:
            del e["/A"]


def link_without_words(pdf):
    for p in pdf.pages:
        for a in p.obj.get("/Annots", []):
            del a["/Contents"]


def note_twice(pdf):
    a, b = elems(pdf, Name.Note)[:2]
    b.ID = a.ID


def no_claim_ua(pdf):
    xmp(pdf, b"<pdfuaid:part>1</pdfuaid:part>", b"")


def no_unicode(pdf):
    for f in fonts(pdf, Name.Font):
        if "/ToUnicode" in f:
            del f["/ToUnicode"]


def no_gids(pdf):
    for f in fonts(pdf, Name.Font):
        if "/CIDToGIDMap" in f:
            f.CIDToGIDMap.write(b"\0\0" * 4000)


def wide(pdf):
    for f in fonts(pdf, Name.Font):
        if "/W" in f:
            f.W[1][0] = float(f.W[1][0]) + 40


def no_structure(pdf):
    del pdf.Root["/StructTreeRoot"]


def claim_of_one(pdf):
    xmp(pdf, b"<pdfaid:conformance>A<", b"<pdfaid:conformance>X<")


def marks_without(pdf, what, most):
    """The first page's marks without so many lines of them."""
    def change(c):
        head, tail = c.split(b"/All CS", 1)
        return head + b"/All CS" + re.sub(what, b"", tail, count=most)
    contents(pdf.pages[0], change)


def one_crop_mark_less(pdf):
    marks_without(pdf, rb"(?m)^.* m .* l S\n", 1)


def one_target_less(pdf):
    marks_without(pdf, rb"(?m)^(.* c\n){4}", 1)


def one_ink_less(pdf):
    marks_without(pdf, rb"(?m)^0 0 1 0 k .* re f\n", 1)


def no_slug(pdf):
    marks_without(pdf, rb"(?m)^.*T[jJ]\n|^.*T[md]\n", 0)


def crop_marks_within(pdf):
    page = pdf.pages[0].obj
    page.BleedBox = page.MediaBox


BROKEN = {
    "marks": [
        (one_crop_mark_less, "page 1: crop marks"),
        (one_target_less, "page 1: registration"),
        (one_ink_less, "page 1: colour bar"), (no_slug, "page 1: slug"),
        (crop_marks_within, "page 1: marks outside"),
    ],
    "x4": [
        (no_trim, "TrimBox or ArtBox"), (trim_too_large, "boxes nested"),
        (no_intent, "one output intent"), (screen_profile, "profile is of"),
        (not_trapped, "Trapped"), (other_title, "Title in step"),
        (red, "gray, inks"), (no_font, "fonts embedded"),
        (annotation, "annotations only"), (transfer, "no transfer curves"),
        (knock_out, "black text overprints"), (white_over, "white never"),
        (opens, "no actions"), (no_version_in_xmp, "GTS_PDFXVersion in XMP"),
        (no_dates, "CreationDate in step"),
    ],
    "ua": [(f, "ua1") for f in (
        no_lang, no_marks, no_alt, untagged, no_display_title, no_tabs,
        skipped_heading, no_scope, link_without_words, note_twice,
        no_claim_ua, no_unicode, no_gids, wide)],
    "a2a": [(f, "2a") for f in (
        no_font, no_intent, opens, no_unicode, no_gids, wide, no_structure,
        no_marks, claim_of_one)],
}


def main():
    kind, path, folder = sys.argv[1:4]
    for change, rule in BROKEN[kind]:
        out = f"{folder}/{kind}-{change.__name__}.pdf"
        with pikepdf.open(path) as pdf:
            change(pdf)
            pdf.save(out, fix_metadata_version=False)
        print(f"{out}\t{rule}")


main()
