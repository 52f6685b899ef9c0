#!/bin/sh
# tests/extraction/run.sh
#
# What four readers get out of the booklet, against the source: poppler,
# PDFium and the structure must give every letter in order, pdf.js and MuPDF
# 98 of 100. Prints
# a table, with the reason for each word that one of them misses. Nothing of
# the source is in this tree, so without it there is nothing to compare. Before
# that, words and phrases are searched for.
set -u
cd "$(dirname "$0")/../.."
B=${B:-build}
TMP=${TMP:-$B/tests/extraction}
SHARED=${SHARED:-../shared}
mkdir -p "$TMP"

pdf=$B/booklet.pdf
if [ ! -e "$pdf" ]; then
	echo "not ok there is no $pdf"
	exit 1
fi
# Words and phrases of the article, with kashida, لا, ZWNJ and marks in them.
node tests/extraction/search.mjs "$pdf" باسماچیان می‌رود بلشویک‌ها اسلام \
    استقلال بدست سرنوشت مجدداً حاکمیت انقلاب 'آسیای مرکزی' \
    'جنبش باسماچیان' 'آنها از' 'به شمار' 'انقلاب ملی' 2>"$TMP/search.err"

if [ ! -d "$SHARED/seed" ]; then
	echo "skip the source is not at hand"
	exit 0
fi
if ! "$B/dabir" build manuscript/book.yaml --dump page >"$TMP/page.dump" \
    2>"$TMP/page.err"; then
	echo "not ok the pages cannot be dumped"
	exit 1
fi
if ! pdftotext "$pdf" "$TMP/poppler.txt"; then
	echo "not ok poppler cannot read $pdf"
	exit 1
fi
for reader in pdfium pdfjs mupdf; do
	node tests/lib/extract.mjs $reader "$pdf" >"$TMP/$reader.txt" \
	    2>"$TMP/$reader.err" || rm -f "$TMP/$reader.txt"
done
# Who reads element by element and turns ReversedChars round; and poppler,
# which reads by element too, but leaves them as they are drawn.
/usr/bin/python3 tests/pdf/tree_text.py "$pdf" >"$TMP/structure.txt"
letters=$(/usr/bin/python3 tests/pdf/struct_letters.py "$pdf")
[ $? = 0 ] && echo "ok poppler by element: $letters" ||
    echo "not ok poppler by element: $letters"
exec /usr/bin/python3 tests/extraction/table.py "$SHARED" "$TMP"
