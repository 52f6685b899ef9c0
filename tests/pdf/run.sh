#!/bin/sh
# tests/pdf/run.sh
#
# `make check-pdf`: the booklet, and files that have everything in them, before
# judges that are not ours: veraPDF for PDF/UA and PDF/A, a checker on qpdf's
# parser for PDF/X, Ghostscript, MuPDF, qpdf. Each judge is then shown files
# that were broken for it, and must say so.
#
# ACCEPT=1 takes the structure of tests/pdf/every as it is now.
set -u
cd "$(dirname "$0")/../.."
B=${B:-build}
TMP=${TMP:-$B/tests/pdf-run}
SHARED=${SHARED:-../shared}
py=/usr/bin/python3
tab=$(printf '\t')
mkdir -p "$TMP/made" "$TMP/broken"

say() { if [ "$1" = 0 ]; then echo "ok $2"; else echo "not ok $2"; fi; }
# A command that must succeed; what it says is shown if it does not.
must()
{
	what=$1
	shift
	if "$@" >"$TMP/said" 2>&1; then
		echo "ok $what"
	else
		echo "not ok $what"
		sed 's/^/#   /' "$TMP/said"
	fi
}

# --- files to judge ---------------------------------------------------------

must "fixtures are written" "$B/tests/pdf/test_judged" "$TMP/made"
made=$TMP/made
# A manuscript of every element, once for each standard.
every=$TMP/every
mkdir -p "$every"
cp tests/pdf/every/* "$every"
must "its pictures are made" $py tests/page/pictures.py "$every"
must "a book of every element is built" "$B/dabir" build "$every/book.yaml" \
    -q -o "$made" -t ua -t marked -t a2u -t x4 -t x1a
booklet=$B/booklet.pdf
print=$B/booklet-print.pdf
[ -e "$booklet" ] || echo "not ok there is no $booklet"

# --- form -------------------------------------------------------------------

# MuPDF and Ghostscript end well even where they had to mend, so what counts
# is that they say nothing. Debian's MuPDF has no colour management.
mupdf()
{
	mutool draw -q -F png -r 20 -o "$TMP/page%d.png" "$1" 2>&1 |
	    grep -v 'ICC support is not available' >"$TMP/said"
	rm -f "$TMP"/page*.png
	[ ! -s "$TMP/said" ]
}

ghostscript()
{
	gs -q -dNOPAUSE -dBATCH -sDEVICE=nullpage "$1" >"$TMP/said" 2>&1
	[ ! -s "$TMP/said" ]
}

for f in "$booklet" "$print" "$made"/*.pdf; do
	[ -e "$f" ] || continue
	name=$(basename "$f")
	must "qpdf: $name" qpdf --check "$f"
	for program in mupdf ghostscript; do
		$program "$f"
		say $? "$program: $name"
		[ ! -s "$TMP/said" ] || sed 's/^/#   /' "$TMP/said"
	done
done

# The same three with a file that is cut off.
head -c 9000 "$made/ua.pdf" >"$TMP/broken/cut.pdf"
for program in 'qpdf --check' mupdf ghostscript; do
	if $program "$TMP/broken/cut.pdf" >/dev/null 2>&1; then
		echo "not ok $program notices a file cut off"
	else
		echo "ok $program notices a file cut off"
	fi
done

# --- fonts and text of the booklet ------------------------------------------

if [ -e "$booklet" ]; then
	pdffonts "$booklet" | awk '
	NR > 2 { n++; if ($(NF-4) != "yes" || $(NF-3) != "yes" ||
	    $(NF-2) != "yes") { print; bad = 1 } }
	END { exit n == 0 || bad }' >"$TMP/said"
	say $? "fonts are embedded, subset, with their text"
	sed 's/^/#   /' "$TMP/said"

	pdftotext "$booklet" - | $py -c '
import sys
text = sys.stdin.read()
bad = sorted({c for c in text if "\ufb50" <= c <= "\ufdff"
    or "\ufe70" <= c <= "\ufefc" or c in "\u0640\ufffd"
    or "\ue000" <= c <= "\uf8ff"})
print(" ".join("U+%04X" % ord(c) for c in bad), end="")
sys.exit(1 if bad or "\u200c" not in text else 0)' >"$TMP/said"
	say $? "no presentation forms, no kashida in the text, ZWNJ is"
	[ ! -s "$TMP/said" ] || sed 's/^/#   /' "$TMP/said"

	$py tests/pdf/tree_text.py "$booklet" >"$TMP/tree.txt"
	if [ -d "$SHARED/seed" ]; then
		must "read element by element the text is the source" \
		    $py "$SHARED/seed/check_words.py" \
		    "$SHARED"/seed/[0-9]*_*.txt "$SHARED/seed/errata.tsv" \
		    "$TMP/tree.txt" --plain --strict
	else
		echo "skip the source is not at hand"
	fi
fi

# What the book of every element says in its structure.
$py tests/pdf/tree.py "$made/every-ua.pdf" >"$TMP/tree-every.txt"
[ -z "${ACCEPT:-}" ] || cp "$TMP/tree-every.txt" tests/pdf/every/tree.txt
must "the structure of every element is as it was" \
    diff -u tests/pdf/every/tree.txt "$TMP/tree-every.txt"
$py tests/pdf/tree.py "$made/every-marked.pdf" >"$TMP/tree-marked.txt"
diff "$TMP/tree-every.txt" "$TMP/tree-marked.txt" |
    grep '^[<>]' >"$TMP/said"
[ "$(cat "$TMP/said")" = '> Artifact Page: stroke, text' ]
say $? "printer's marks change nothing of it"
for f in "$booklet" "$made/every-ua.pdf" "$made/every-marked.pdf" \
    "$made/ua.pdf"; do
	[ -e "$f" ] || continue
	$py tests/pdf/tree.py "$f" | grep '^!' >"$TMP/said"
	[ ! -s "$TMP/said" ]
	say $? "the structure hangs together: $(basename "$f")"
	sed 's/^/#   /' "$TMP/said"
done

# poppler takes the end of a mark without a number for that of the element.
for f in "$booklet" "$made/ua.pdf" "$made/every-ua.pdf"; do
	[ ! -e "$f" ] || must "poppler reads the structure whole: $(basename \
	    "$f")" $py tests/pdf/struct_letters.py "$f"
done

# A matrix only where text is turned: moves say the rest in half the bytes.
qpdf --qdf --object-streams=disable "$made/every-ua.pdf" "$TMP/plain.pdf"
[ "$(grep -ac ' Td$' "$TMP/plain.pdf")" -gt 100 ] &&
    ! grep -aq '^1 0 0 1 .* Tm$' "$TMP/plain.pdf"
say $? "places of text are moves"

# What the fixture says in its structure, line by line.
$py tests/pdf/tree_text.py "$made/ua.pdf" >"$TMP/ua.txt"
must "read element by element the fixture is what it was made of" \
    diff tests/pdf/judged.txt "$TMP/ua.txt"

# --- veraPDF ----------------------------------------------------------------

# judge FLAVOUR FILE...: a line a file; one machine for all of them, since
# it starts slowly.
judge()
{
	flavour=$1
	shift
	tests/lib/verapdf.sh "$flavour" "$@" >"$TMP/vera" 2>&1
}

# Of the files that judge() saw: how many rules each broke.
rules_of()
{
	sed -n 's|^.*/\([^/]*\.pdf\): .*: \([0-9]*\) failed rules.*|\1 \2|p' \
	    "$TMP/vera"
}

good="$made/ua.pdf $made/dated.pdf $made/marked.pdf"
good="$good $made/every-ua.pdf $made/every-marked.pdf"
[ ! -e "$booklet" ] || good="$good $booklet"
if [ ! -d build/verapdf/lib ]; then
	echo "not ok veraPDF is not here: make setup"
else
	for pair in ua:ua1 a2a:2a; do
		kind=${pair%:*}
		flavour=${pair#*:}
		$py tests/pdf/break.py $kind "$made/ua.pdf" "$TMP/broken" \
		    >"$TMP/list"
		judge $flavour $good $(cut -f1 "$TMP/list")
		for f in $good; do
			n=$(rules_of | awk -v f="$(basename $f)" '$1 == f {
			    print $2 }')
			say "${n:-1}" "veraPDF $flavour: $(basename $f)"
			[ "${n:-1}" = 0 ] || grep -A4 "$f" "$TMP/vera" |
			    sed 's/^/#   /'
		done
		while IFS=$tab read -r f _; do
			n=$(rules_of | awk -v f="$(basename "$f")" '$1 == f {
			    print $2 }')
			[ "${n:-0}" -gt 0 ]
			say $? "veraPDF $flavour notices $(basename "$f" .pdf)"
		done <"$TMP/list"
	done
	judge 2u "$made/a2u.pdf" "$made/every-a2u.pdf"
	[ "$(rules_of | sort | tr '\n' ' ')" = "a2u.pdf 0 every-a2u.pdf 0 " ]
	say $? "veraPDF 2u: a2u.pdf, every-a2u.pdf"
fi

# --- PDF/X ------------------------------------------------------------------

x_file()
{
	$py tests/pdf/check_x.py "$1" "$2" >"$TMP/x"
	status=$?
	say $status "PDF/X $1: $(basename "$2"): $(grep -c '^ok' "$TMP/x") rules"
	grep '^not ok' "$TMP/x" | sed 's/^/#   /'
}

black_alone()
{
	# Ghostscript sees ink of black alone inside the trim.
	gs -q -dUseTrimBox -o - -sDEVICE=inkcov "$1" 2>&1 | awk '
	$1 + $2 + $3 > 0 || NF < 5 { print; bad = 1 }
	END { exit bad || NR == 0 }' >"$TMP/said"
	say $? "black ink alone: $(basename "$1")"
	sed 's/^/#   /' "$TMP/said"
}

if [ -e "$made/x4.pdf" ]; then
	for kind in x4 x1a; do
		x_file $kind "$made/$kind.pdf"
		black_alone "$made/$kind.pdf"
		x_file $kind "$made/every-$kind.pdf"
	done
	for f in x4 x1a every-x4 every-x1a every-marked; do
		x_file marks "$made/$f.pdf"
	done
	for kind in x4 marks; do
		$py tests/pdf/break.py $kind "$made/x4.pdf" "$TMP/broken" \
		    >"$TMP/list"
		while IFS=$tab read -r f rule; do
			$py tests/pdf/check_x.py $kind "$f" >"$TMP/x"
			grep -q "^not ok $rule" "$TMP/x"
			say $? "the checker notices $(basename "$f" .pdf)"
		done <"$TMP/list"
	done
else
	echo "skip no profile for print is installed"
fi
if [ -e "$print" ]; then
	x_file x4 "$print"
	x_file marks "$print"
	black_alone "$print"
fi
