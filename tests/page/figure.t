#!/bin/sh
# Figures with their pictures, from the manuscript to the PDF: sizes, places,
# messages, what is refused, and what viewers get to see.
set -u

ok() { # WHAT, after a command
	if [ $? -eq 0 ]; then echo "ok $1"; else echo "not ok $1"; fi
}

room=$TMP/book
mkdir -p "$room/pictures"
/usr/bin/python3 tests/page/pictures.py "$room/pictures" ||
    { echo "not ok the pictures are made"; exit 1; }
ln -s "$PWD/styles" "$PWD/fonts" "$room/"
cp "$room/pictures/photo.jpg" "$TMP/beside.jpg"
cp "$room/pictures/photo.jpg" "$room/same picture.jpg"
ln -s "$TMP/beside.jpg" "$room/pictures/out.jpg"
ln -s photo.jpg "$room/pictures/in.jpg"

# Build stdin as a book of one manuscript; the dump and what was said.
build() {
	{ printf -- '---\nlang: fa\n---\n\n'; cat; } \
	    >"$room/it.md"
	"$DABIR" build "$room/it.md" --style tests/page/small.yaml \
	    --dump page >"$TMP/dump" 2>"$TMP/said"
}
said() { grep -qF "$1" "$TMP/said" || { sed 's/^/# /' "$TMP/said"; false; }; }
# Width and height of the picture at hand, in points.
size() { awk '$1 == "image" { print int($4 + .5), int($5 + .5) }' "$TMP/dump"; }
is() { [ "$1" = "$2" ] || { echo "# $1, not $2"; false; }; }

# --- sizes ------------------------------------------------------------------

build <<'END'
![](pictures/photo.jpg){alt="خاکستری"}
END
is "$(size)" "144 96"
ok "a picture has the size of its resolution"
[ ! -s "$TMP/said" ]
ok "and nothing is said"

for try in "50mm:142 94" "60%:" "2in:144 96" "100px:75 50"; do
	build <<END
![](pictures/photo.jpg){width=${try%%:*} alt=x}
END
	got=$(size)
	[ -n "${try#*:}" ] || try=$try$(awk '$1 == "image" {
		print int($4 + .5), int($4 * 2 / 3 + .5) }' "$TMP/dump")
	is "$got" "${try#*:}"
	ok "width=${try%%:*}"
done

build <<'END'
![](pictures/photo.jpg){width=30mm height=30mm alt=x}
END
is "$(size)" "85 85"
ok "both sides as asked"

build <<'END'
![](pictures/photo.jpg){width=wide alt=x}
END
is "$(size)" "144 96" && said "“width=wide” is no size"
ok "a size that is none"

build <<'END'
![](pictures/bars.png){alt=x}
END
measure=$(awk '$1 == "image" { print int($4 + .5) }' "$TMP/dump")
said "[LAY014]" && [ "$measure" -gt 150 ]
ok "one without a resolution fills the measure, and is judged"

build <<'END'
![بلند](pictures/poster.png)
END
said "is 508 × 762 mm at its own resolution; scaled to" &&
    is "$(grep -c '^page' "$TMP/dump")" 1
ok "a poster is scaled to a page of its own, with its caption"

build <<'END'
متنی که پیش از سرفصل می‌آید.

## سرفصل

![بلند](pictures/poster.png)
END
! said "[LAY006]" >/dev/null && awk '$1 == "page" { n = $2 }
	/“سرفصل”/ { head = n } $1 == "image" { image = n }
	END { exit head != image }' "$TMP/dump"
ok "and leaves room for the heading above it"

build <<'END'
![پهن](pictures/photo.jpg){width=2m}

![پهن](pictures/photo.jpg){width=100cm}
END
said "“width=2m” is no size" && said "is to be 1000 × 667 mm"
ok "a size larger than the page"

# --- in a line, in a cell -----------------------------------------------------

build <<'END'
متن ![نماد](pictures/photo.jpg){width=5mm} درون سطر، و ![نیست](pictures/no.jpg) آن که نیست.
END
is "$(size)" "14 9" && said "no such file" &&
    grep -qF 'و نیست آن که' "$TMP/dump"
ok "a picture within a line; words where there is none"
awk '/^  text.*متن/ { y = $3 } $1 == "image" { exit !($3 < y && $3 + $5 < y + 5) }' \
    "$TMP/dump"
ok "it stands in its line"

build <<'END'
متن ![نماد](pictures/photo.jpg){width=40mm} درون سطر.
END
is "$(size)" "23 15" && said "scaled to"
ok "one higher than its line is scaled to it, and told"

build <<'END'
![یک](pictures/photo.jpg){width=25mm}
![دو](pictures/photo.jpg){width=25mm}

| تصویر | نام |
|---|---|
| ![سه](pictures/photo.jpg){width=20mm} | سه |
END
is "$(size | tr '\n' ' ')" "71 47 71 47 57 38 " && [ ! -s "$TMP/said" ]
ok "pictures alone in a paragraph and in a cell have their size"
awk '$1 == "image" { n++; if (n == 3) foot = $3 + $5 } $1 == "rect" { r = $3 }
    END { exit !(n == 3 && r > foot) }' "$TMP/dump"
ok "and the row its height"

# --- place ------------------------------------------------------------------

build <<'END'
متن پیش از شکل.

![زیرنویس](pictures/photo.jpg){#fig-a}

متن پس از شکل که به [@fig-a] ارجاع می‌دهد.
END
awk '
$1 == "book" { width = $2 }
$1 == "image" { x = $2; y = $3; w = $4; h = $5 }
/زیرنویس/ { cx = $2; cy = $3; for (i = 4; i < NF; i++) if ($i == "w")
	cw = $(i + 1) }
END {
	off = (x + w / 2) - (cx + cw / 2)
	exit !(off * off < 1 && cy > y + h && cy < y + h + 40)
}' "$TMP/dump"
ok "a caption of one line stands under the middle"
grep -q 'به شکل.*۱.*ارجاع' "$TMP/dump"
ok "and is referred to by its number"
grep -q '^dest fig-a page' "$TMP/dump"
ok "and can be reached"

build <<'END'
متن پیش از شکل.

![](pictures/photo.jpg){place=foot alt=x}

متن پس از شکل.
END
awk '/پیش از/ { a = $3 } /پس از/ { b = $3 } $1 == "image" { foot = $3 + $5 }
    END { exit !(b > a && foot > b && foot > 230) }' "$TMP/dump" &&
    [ ! -s "$TMP/said" ]
ok "a figure at the foot of the page"

build <<'END'
![](pictures/photo.jpg){place=left alt=x}
END
said "place=left is not supported"
ok "a place that is none is told"

# --- what is not printed -----------------------------------------------------

refused() { # PATH MESSAGE
	build <<END
![نیست](<$1>)
END
	said "$2" && ! grep -q '^  image' "$TMP/dump" &&
	    is "$(grep -c '^  rect' "$TMP/dump")" 4
	ok "refused, with a frame: $1"
}
refused pictures/missing.jpg "no such file or folder; its place is left empty"
refused pictures "is a folder"
refused pictures/text.png "is neither PNG nor JPEG"
refused pictures/cut.jpg "the file ends too early"
refused pictures/bomb.png "has more than 100 million pixels"
refused https://example.org/a.png "lies on the network"
refused /etc/passwd "lies outside the book's folder"
refused ../../../etc/passwd "lies outside the book's folder"
refused ../beside.jpg "lies outside the book's folder"
refused pictures/../../beside.jpg "lies outside the book's folder"
refused pictures/out.jpg "lies outside the book's folder"

for path in pictures/in.jpg pictures/../pictures/photo.jpg \
    "same%20picture.jpg" "same picture.jpg"; do
	build <<END
![](<$path>){alt=x}
END
	is "$(size)" "144 96"
	ok "allowed: $path"
done

# --- PDF --------------------------------------------------------------------

cat >"$room/it.md" <<'END'
---
title: شکل‌ها
lang: fa
---

![شیشه](pictures/glass.png){alt="قرصی سرخ"}

![خاکستری](pictures/photo.jpg)

![همان](<same picture.jpg>)

![نوارها](pictures/bars.png){width=40mm}

![](pictures/photo.jpg){alt=""}
END
cat >"$room/book.yaml" <<'END'
title: شکل‌ها
lang: fa
manuscript: [it.md]
targets:
  screen: {style: essay, output: it.pdf, standard: ua-1+a-2a, default: true}
END
"$DABIR" build "$room/book.yaml" -o "$TMP/one" >"$TMP/out" 2>"$TMP/said"
ok "a book of figures for the screen"
"$DABIR" build "$room/book.yaml" -o "$TMP/two" >"$TMP/out" 2>"$TMP/said"
cmp -s "$TMP/one/it.pdf" "$TMP/two/it.pdf"
ok "the same bytes every time"
qpdf --check "$TMP/one/it.pdf" >"$TMP/qpdf" 2>&1
ok "qpdf finds nothing"
is "$(pdfimages -list "$TMP/one/it.pdf" | awk 'NR > 2 && $11 { print $11 }' |
    sort -u | wc -l)" 3
ok "a picture used three times, by two names, is one object"
pdfimages -list "$TMP/one/it.pdf" | awk '
$3 == "image" && $9 == "jpeg" && $4 == 600 { jpeg = 1 }
$3 == "image" && $8 == 1 && $4 == 400 { bits = 1 }
$3 == "smask" { mask = 1 }
END { exit !(jpeg && bits && mask) }'
ok "JPEG and bits as they are, alpha as a mask"
qpdf --qdf --object-streams=disable "$TMP/one/it.pdf" "$TMP/plain.pdf" \
    2>/dev/null
is "$(grep -ac '/Alt ' "$TMP/plain.pdf")" 4 &&
    grep -aq '/BBox' "$TMP/plain.pdf"
ok "words and a box for every figure that means something"

# The disc's middle is red, its edge is half way to the paper.
page=$(pdfimages -list "$TMP/one/it.pdf" | awk '$3 == "smask" { print $1 }')
pdftoppm -r 72 -f "$page" -l "$page" "$TMP/one/it.pdf" "$TMP/shot" 2>/dev/null
/usr/bin/python3 - "$TMP"/shot*.ppm <<'END'
import sys
head, size, most, data = open(sys.argv[1], "rb").read().split(b"\n", 3)
w, h = map(int, size.split())
px = [tuple(data[i:i + 3]) for i in range(0, w * h * 3, 3)]
red = [i for i, p in enumerate(px) if p[0] > 190 and p[1] < 40 and p[2] < 70]
pale = [p for p in px if p[0] > 215 and 90 < p[1] < 200 and p[1] < p[2]]
gray = sum(p == (150, 150, 150) for p in px)
x = sum(i % w for i in red) / max(len(red), 1)
print("# red", len(red), "pale", len(pale), "gray", gray)
sys.exit(not (1500 < len(red) < 2200 and len(pale) > 100 and gray > 10000))
END
ok "drawn as it should be: glass over paper, gray beside it"
