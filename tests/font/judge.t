#!/bin/sh
# Embedded programs before an outside judge: fontTools reads every table,
# reckons boxes and counts anew and compares. Skipped where it is not.
set -u
python=
for p in /usr/bin/python3 python3; do
	$p -c 'import fontTools' 2>/dev/null && python=$p && break
done
[ -n "$python" ] || { echo "skip fontTools is not here"; exit 0; }
FONT_OUT=$TMP "$B/tests/font/test_embed" >"$TMP/log" 2>&1 ||
	{ echo "not ok programs"; sed 's/^/# /' "$TMP/log"; exit 1; }
for f in "$TMP"/*.ttf "$TMP"/*.cff; do
	$python - "$f" <<'END'
import struct, sys
from fontTools.ttLib import TTFont
from fontTools.cffLib import CFFFontSet
from fontTools.pens.boundsPen import BoundsPen

path = sys.argv[1]
name = path.split("/")[-1]
wrong = []

def want(what, a, b, slack=0):
	if abs(a - b) > slack:
		wrong.append("%s is %s, should be %s" % (what, a, b))

def check_ttf():
	data = open(path, "rb").read()
	data += b"\0" * (-len(data) % 4)
	words = struct.unpack(">%dI" % (len(data) // 4), data)
	want("checksum", sum(words) & 0xffffffff, 0xb1b0afba)
	font = TTFont(path, checkChecksums=2)
	glyf, hmtx, maxp = font["glyf"], font["hmtx"], font["maxp"]
	order = font.getGlyphOrder()
	want("numGlyphs", maxp.numGlyphs, len(order))
	want("numberOfHMetrics", font["hhea"].numberOfHMetrics, len(order))
	box = [0, 0, 0, 0]
	ncomposite = 0
	for g in order:
		glyph = glyf[g]
		glyph.expand(glyf)
		if glyph.numberOfContours == 0:
			continue
		box = [min(box[0], glyph.xMin), min(box[1], glyph.yMin),
		    max(box[2], glyph.xMax), max(box[3], glyph.yMax)]
		if not glyph.isComposite():
			continue
		ncomposite += 1
		want(g + " lsb", hmtx[g][1], glyph.xMin)
		was = glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax
		glyph.recalcBounds(glyf)
		now = glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax
		for a, b in zip(was, now):
			want(g + " box", a, b, 1)	# scaled parts round
		most = glyph.getCompositeMaxpValues(glyf)
		for what, n in (("maxCompositePoints", most.nPoints),
		    ("maxCompositeContours", most.nContours),
		    ("maxComponentDepth", most.maxComponentDepth),
		    ("maxComponentElements", len(glyph.components))):
			want("%s beyond maxp in %s" % (what, g),
			    max(0, n - getattr(maxp, what)), 0)
	head = font["head"]
	for a, b in zip((head.xMin, head.yMin), box[:2]):
		want("head's box reaches", max(0, a - b), 0)
	for a, b in zip((head.xMax, head.yMax), box[2:]):
		want("head's box reaches", max(0, b - a), 0)
	want("composites made", ncomposite > 0, True)

def check_cff():
	cff = CFFFontSet()
	cff.decompile(open(path, "rb"), None)
	top = cff[0]
	box = [0, 0, 0, 0]
	for g in top.CharStrings.keys():
		pen = BoundsPen(None)
		top.CharStrings[g].draw(pen)
		if pen.bounds:
			box = [min(box[0], pen.bounds[0]),
			    min(box[1], pen.bounds[1]),
			    max(box[2], pen.bounds[2]),
			    max(box[3], pen.bounds[3])]
	for i in range(2):
		want("FontBBox", max(0, top.FontBBox[i] - box[i]), 0)
		want("FontBBox", max(0, box[i + 2] - top.FontBBox[i + 2]), 0)
	want("CID-keyed", hasattr(top, "ROS"), True)

try:
	check_ttf() if path.endswith(".ttf") else check_cff()
except Exception as e:
	wrong.append(repr(e))
print(("not ok " if wrong else "ok ") + name)
for w in wrong[:20]:
	print("# " + w)
END
done
