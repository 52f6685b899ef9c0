#!/bin/sh
# The booklet on sheets, from the book file to the folded dummy: each sheet is
# read back by the words that poppler finds on it and compared with the pages'
# own file. And what is written twice, asked of the printer, or said of
# mistakes.
set -u

ok() { # WHAT, after a command
	if [ $? -eq 0 ]; then echo "ok $1"; else
		echo "not ok $1"
		[ ! -s "$TMP/err" ] || sed 's/^/# /' "$TMP/err"
	fi
}
run() { "$DABIR" "$@" >"$TMP/out" 2>"$TMP/err"; }
said() { grep -qF -- "$1" "$TMP/out" "$TMP/err"; }
plain() { qpdf --qdf --object-streams=disable "$1" - 2>/dev/null; }
fonts() { pdffonts "$1" | sed 1,2d | awk '{ print substr($1, 8) }' | sort; }
is() { [ "$1" = "$2" ] || { echo "# $1, not $2"; false; }; }
verify() { run impose --verify "$@"; }

book=manuscript/book.yaml
for tool in pdftotext pdfinfo pdffonts qpdf; do
	command -v $tool >/dev/null || { echo "skip no $tool"; exit 0; }
done

run build $book -t screen -o "$TMP" --quiet
pages=$TMP/booklet.pdf
npages=$(pdfinfo "$pages" | awk '/^Pages/ { print $2 }')

# --- the book file's own target ---------------------------------------------

run build $book -t imposed -o "$TMP"
said "flip on the short edge"
ok "dabir says which printer setting to use"
sheets=$TMP/booklet-imposed.pdf
qpdf --check "$sheets" >/dev/null 2>&1
ok "the sheets are a whole PDF"
is "$(pdfinfo "$sheets" | awk '/^Pages/ { print $2 }')" \
    $(((npages + 3) / 4 * 2))
ok "two sides for four pages"
is "$(pdfinfo "$sheets" | awk '/^Page size/ { print int($3), int($5) }')" \
    "841 595"
ok "on A4 lying"
plain "$sheets" >"$TMP/plain"
grep -aq '/PrintScaling /None' "$TMP/plain" &&
    grep -aq '/Duplex /DuplexFlipShortEdge' "$TMP/plain" &&
    grep -aq '/Direction /R2L' "$TMP/plain"
ok "the file asks for its own size, both sides, the short edge"
is "$(fonts "$sheets" | uniq -d)" "" &&
    is "$(fonts "$sheets")" "$(fonts "$pages")"
ok "no font is there twice"
is "$(grep -ac '/FontFile' "$TMP/plain")" \
    "$(plain "$pages" | grep -ac '/FontFile')"
ok "no font file is there twice"
is "$(grep -ac '/Subtype /Form' "$TMP/plain")" "$npages"
ok "each page is there once"
verify "$sheets" --compare "$pages"
ok "folded and nested it reads as the book"
is "$(grep -c ' upright ' "$TMP/out")" \
    "$(awk '$2 == "page"' "$TMP/out" | wc -l)"
ok "every page is upright"

# Text of every side is that of its pages.
side=1
bad=
while [ $side -le 4 ]; do
	pdftotext -raw -f $side -l $side "$sheets" - >"$TMP/side"
	[ -s "$TMP/side" ] || bad="$bad $side"
	side=$((side + 1))
done
is "$bad" ""
ok "text stays text on each side"

# --- every way to put pages on sheets ---------------------------------------

while read -r name args; do
	rm -f "$sheets"
	# shellcheck disable=SC2086
	run impose $book -t screen $args -o "$TMP"
	qpdf --check "$sheets" >/dev/null 2>&1 &&
	    verify "$sheets" --compare "$pages"
	ok "$name reads as the book"
	is "$(fonts "$sheets" | uniq -d)" ""
	ok "$name has no font twice"
done <<'END'
saddle-long --flip long
saddle-left --binding left
saddle-press --sheet SRA4 --flip long
saddle-fit --fit printer --margin 6mm
signature-8 --method signature-8 --sheet SRA4
signature-16 --method signature-16 --sheet SRA4 --binding left
fold-8 --method fold-8 --sheet SRA3
fold-8-long --method fold-8 --sheet SRA3 --flip long --binding left
fold-16 --method fold-16 --sheet SRA1 --flip short
fold-16-left --method fold-16 --sheet SRA1 --flip long --binding left
fold-16-small --method fold-16 --sheet A3
n-up-2 --method n-up --pages 2
n-up-4 --method n-up --pages 4 --flip short
n-up-6 --method n-up --pages 6 --fit printer
n-up-8 --method n-up --pages 8 --flip long
END

for way in "down long" "up short"; do
	# shellcheck disable=SC2086
	set -- $way
	run impose $book -t imposed --flip separate --tray $1 --turn $2 \
	    -o "$TMP"
	verify "$TMP/booklet-imposed-fronts.pdf" \
	    --backs "$TMP/booklet-imposed-backs.pdf" --compare "$pages"
	ok "two files, face $1, turned about the $2 edge, read as the book"
	plain "$TMP/booklet-imposed-fronts.pdf" | grep -aq '/Duplex /Simplex'
	ok "each of the two is printed on one side"
done

# --- a longer book, whose pages bear no numbers -----------------------------

# Every page has words of its own, so that each can be told from the others.
mkdir "$TMP/long"
/usr/bin/python3 - "$TMP/long" <<'END'
import sys
letters = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
def word(n):
	return "".join(letters[(n * (k + 3) + k * k) % 32] for k in range(5))
with open(sys.argv[1] + "/it.md", "w") as f:
	f.write("---\nlang: fa\n---\n\n")
	for page in range(43):
		f.write(" ".join(word(page * 70 + i) for i in range(60)) +
		    ".\n\n::: page-break\n:::\n\n")
with open(sys.argv[1] + "/plain.yaml", "w") as f:
	f.write("inherit: booklet\ntitle-page: {page: false}\n"
	    "contents: {show: false}\n"
	    "page: {folio: none, head-recto: '', head-verso: ''}\n")
END
ln -s "$PWD/styles" "$PWD/fonts" "$TMP/long/"
long() { # OPTIONS of impose
	rm -f "$TMP"/long/it-imposed*
	run impose "$TMP/long/it.md" --style "$TMP/long/plain.yaml" "$@" \
	    -o "$TMP/long"
	verify "$TMP/long/it-imposed.pdf"
}
long
is "$(grep -c 'page (no number) *upright' "$TMP/out")" 43
ok "pages without folios are known by their words"
qpdf "$TMP/long/it-imposed.pdf" --pages . 1-2,5-6,3-4,7-z -- "$TMP/long/sh.pdf"
verify "$TMP/long/sh.pdf"
is $? 1 && said "other words than its own"
ok "and out of order they are found out"
while read -r args; do
	# shellcheck disable=SC2086
	long $args && is "$(grep -c 'page (no number) *upright' "$TMP/out")" 43
	ok "43 pages, $args, read as a book"
done <<'END'
--method saddle --sheet SRA4 --flip long --caliper 0.12mm
--method saddle --binding left --fit printer
--method signature-8 --sheet SRA4 --binding left
--method signature-16 --sheet SRA4
--method fold-8 --sheet SRA3 --binding left
--method fold-16 --sheet SRA2 --flip short
--method n-up --pages 2 --flip long
--method n-up --pages 4
--method n-up --pages 6
--method n-up --pages 8 --flip short
END

# --- a judge that says no ---------------------------------------------------

run impose $book -t screen --sheet SRA4 -o "$TMP"
verify "$sheets" --flip long
is $? 1 && said "UPSIDE DOWN" && said IMP009
ok "a printer set to the other edge is found out"
verify "$sheets" --binding left
is $? 1
ok "so is binding on the other side"
qpdf "$sheets" --pages . 1-2,5-6,3-4,7-z -- "$TMP/shuffled.pdf"
verify "$TMP/shuffled.pdf"
is $? 1
ok "and sheets out of order"
qpdf "$sheets" --pages . 1-4,7-z -- "$TMP/missing.pdf"
verify "$TMP/missing.pdf"
is $? 1
ok "and a sheet that is missing"
qpdf "$sheets" --rotate=180:5 --flatten-rotation "$TMP/turned.pdf"
verify "$TMP/turned.pdf"
is $? 1
ok "and a side printed head down"
verify "$pages"
is $? 2 && said IMP008
ok "a file that is no sheets is refused"
verify "$TMP/no-such.pdf"
is $? 2
ok "so is none"

# --- marks and labels -------------------------------------------------------

pdftotext -f 1 -l 1 "$sheets" - | grep -q 'sheet 1/7 front'
ok "a sheet is labelled where there is room"
run impose $book -t screen -o "$TMP"
said IMP001
ok "where there is none it is said"
is "$(pdftotext "$sheets" - | grep -c 'sheet ./. front')" 0
ok "and there is no label"

# --- for the press ----------------------------------------------------------

press=$TMP/booklet-print-imposed.pdf
run impose $book -t print --sheet SRA4 -o "$TMP"
verify "$press" --compare "$pages"
ok "the press sheets read as the book"
if pdfinfo -custom "$press" | grep -q 'GTS_PDFXVersion'; then
	/usr/bin/python3 tests/pdf/check_x.py x4 "$press" >"$TMP/x4" 2>&1
	case $? in
	0) echo "ok they keep PDF/X-4" ;;
	*) if grep -q 'No module' "$TMP/x4"; then echo "skip no pikepdf"; else
		echo "not ok they keep PDF/X-4"
		grep -v '^ok' "$TMP/x4" | sed 's/^/# /'
	fi ;;
	esac
	plain "$press" >"$TMP/plain"
	is "$(grep -ac '^/All cs' "$TMP/plain")" \
	    "$(grep -ac '^/All cs 1 scn .* re f' "$TMP/plain")" &&
	    [ "$(grep -ac '^/All cs' "$TMP/plain")" -ge 200 ]
	ok "fold and crop marks are on every plate"
	grep -aq '/PrintScaling /None' "$TMP/plain" &&
	    ! grep -aq '/Duplex' "$TMP/plain"
	ok "PDF 1.6 says its size, and knows no sides"
	is "$(grep -ac '/TrimBox' "$TMP/plain")" \
	    "$(pdfinfo "$press" | awk '/^Pages/ { print $2 }')"
	ok "each side has its trim"
else
	echo "skip no profile for PDF/X-4"
fi

# --- a Latin book, a picture ------------------------------------------------

mkdir "$TMP/latin"
/usr/bin/python3 - "$TMP/latin" <<'END'
import sys, zlib, struct
words = "So much depends upon a red wheel barrow glazed with rain water "
with open(sys.argv[1] + "/it.md", "w") as f:
	f.write("---\ntitle: Wheels\nlang: en\n---\n\n")
	for i in range(9):
		f.write("# Chapter %d\n\n![A grey square](grey.png){#fig-%d}\n\n%s\n\n"
		    % (i, i, words * 40))
def chunk(kind, data):
	return struct.pack(">I", len(data)) + kind + data + struct.pack(">I",
	    zlib.crc32(kind + data))
with open(sys.argv[1] + "/grey.png", "wb") as f:
	f.write(b"\x89PNG\r\n\x1a\n" +
	    chunk(b"IHDR", struct.pack(">IIBBBBB", 300, 300, 8, 0, 0, 0, 0)) +
	    chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * 300) * 300)) +
	    chunk(b"IEND", b""))
END
ln -s "$PWD/styles" "$PWD/fonts" "$TMP/latin/"
run build "$TMP/latin/it.md" --style booklet -o "$TMP/latin"
run impose "$TMP/latin/it.md" --style booklet -o "$TMP/latin"
verify "$TMP/latin/it-imposed.pdf" --compare "$TMP/latin/it.pdf"
ok "a Latin book is bound on the left"
! verify "$TMP/latin/it-imposed.pdf" --binding right
ok "and not on the right"
is "$(plain "$TMP/latin/it-imposed.pdf" | grep -ac '/Subtype /Image')" \
    "$(plain "$TMP/latin/it.pdf" | grep -ac '/Subtype /Image')"
ok "no image is there twice"

printf '\nThe end.\n\n::: {.back-cover}\nOn the back.\n:::\n' \
    >>"$TMP/latin/it.md"
run build "$TMP/latin/it.md" --style booklet -o "$TMP/latin"
run impose "$TMP/latin/it.md" --style booklet -o "$TMP/latin"
verify "$TMP/latin/it-imposed.pdf" --compare "$TMP/latin/it.pdf" &&
    tail -n 2 "$TMP/out" | head -n 1 | grep -q 'page .* upright' &&
    tail -n 3 "$TMP/out" | head -n 1 | grep -q 'blank'
ok "blanks stand before a back cover"

# The same for a picture, on a page that bears nothing else.
cp "$TMP/latin/grey.png" "$TMP/long/"
{ sed '/^::: page-break/,$d' "$TMP/long/it.md"
	printf '\n::: page-break\n:::\n\n::: {.back-cover}\n%s\n:::\n' \
	    '![](grey.png)'; } >"$TMP/long/cover.md"
run impose "$TMP/long/cover.md" --style "$TMP/long/plain.yaml" -o "$TMP/long"
verify "$TMP/long/cover-imposed.pdf" && said "1 page has nothing that would" &&
    is "$(awk '{ print $2 }' "$TMP/out" | head -n 4 | tr '\n' ' ')" \
    "page blank blank no "
ok "a picture is a back cover too, and it is said that it was not read"

# --- the book file's mistakes -----------------------------------------------

cat >"$TMP/latin/book.yaml" <<'END'
title: Wheels
lang: en
manuscript: [it.md]
targets:
  screen: {style: booklet, output: screen.pdf}
  typo: {from: screen, output: typo.pdf, impose: {metod: saddle}}
  lost: {from: scren, output: lost.pdf}
  chain: {from: typo, output: chain.pdf}
  claims: {from: screen, output: claims.pdf, standard: ua-1}
  idle: {from: screen, output: idle.pdf, style: essay}
  web: {format: html}
  noweb: {from: web, output: noweb.pdf}
  own: {style: booklet, output: own.pdf, impose: {method: fold-8, sheet: A3}}
END
run build "$TMP/latin/book.yaml" -t typo
is $? 1 && said "book.yaml:6:51" && said "method" &&
    [ -s "$TMP/latin/typo.pdf" ]
ok "an unknown key has its place, and the sheets are there"
run build "$TMP/latin/book.yaml" -t own
verify "$TMP/latin/own.pdf"
ok "a target may impose its own pages"
run build "$TMP/latin/book.yaml" -t lost
is $? 2 && said IMP006 && said "“screen”"
ok "a target that is not there is named with the nearest"
run build "$TMP/latin/book.yaml" -t chain
is $? 2 && said IMP006
ok "sheets of sheets are refused"
run build "$TMP/latin/book.yaml" -t claims
said IMP007 && [ -s "$TMP/latin/claims.pdf" ]
ok "sheets claim no reading order"
run build "$TMP/latin/book.yaml" -t idle
is $? 0 && said "book.yaml:10:42: warning: “style” has no effect" && said IMP010
ok "a key that has no effect on sheets is told at its place"
run build "$TMP/latin/book.yaml" -t noweb
is $? 2 && said IMP006 && said HTML
ok "HTML has no pages for sheets"
run impose "$TMP/latin/book.yaml" -t screen --sheet A44
is $? 1 && said STY002
ok "so with options"

# --- the test print ---------------------------------------------------------

run impose --test-sheet $book -o "$TMP/test.pdf"
qpdf --check "$TMP/test.pdf" >/dev/null 2>&1 && is "$(pdfinfo "$TMP/test.pdf" |
    awk '/^Pages/ { print $2 }')" 2
ok "the test print has a front and a back"
pdftotext -f 2 -l 2 "$TMP/test.pdf" - >"$TMP/back"
grep -q 'flip: short' "$TMP/back" && grep -q 'flip: long' "$TMP/back"
ok "its back names both settings"
plain "$TMP/test.pdf" | grep -aqE '(^| )283\.9[0-9]* \.5 re'
ok "its rule is 100 mm long"
# Every text keeps off the rules and on the sheet, whatever its size.
for size in A5 A4 A3; do
	run impose --test-sheet --sheet $size -o "$TMP/$size.pdf"
	pdftotext -bbox -f 1 -l 1 "$TMP/$size.pdf" - | /usr/bin/python3 -c '
import re, sys
text = sys.stdin.read()
w, h = (float(re.search(r"<page.* %s=\"([0-9.]+)" % k, text)[1])
        for k in ("width", "height"))
mm, bad = 72 / 25.4, 0
for x0, y0, x1, y1, word in re.findall(r"xMin=\"([-0-9.]+)\" yMin=\"([-0-9.]+)\""
        r" xMax=\"([-0-9.]+)\" yMax=\"([-0-9.]+)\">([^<]*)", text):
	x0, y0, x1, y1 = map(float, (x0, y0, x1, y1))
	bad += x0 < 0 or y0 < 0 or x1 > w or y1 > h
	if len(word) > 4:	# of a sentence, not a number
		bad += x0 < 20 * mm or y1 > h - 32 * mm
sys.exit(bad > 0)'
	ok "the test print has room on $size"
done
is "$(pdftotext -f 1 -l 1 "$TMP/A5.pdf" - | grep -c margin)" 1
ok "and says all on the smallest"
run impose --test-sheet --sheet A6 -o "$TMP/A6.pdf"
is $? 2 && said IMP011 && [ ! -e "$TMP/A6.pdf" ]
ok "a sheet too small for it is refused"
is "$("$DABIR" impose --help | grep -c -e '--pages')" 1
ok "no option stands in the help twice"
