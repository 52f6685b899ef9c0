#!/bin/sh
# tests/bench/paragraphs.sh [BOOK]
#
# How even the lines of the booklet are: broken by first fit, as browsers and
# office programs do, by total fit, and by total fit with kashida, with the
# same measure and font. Then the same with the page and the font of the
# comparison with other systems (styles/peers.yaml), whose limits for kashida
# are its own and are printed beside it.
#
# Only full lines count: not the last of a paragraph, no centred text. The
# figures come out of --dump=para, which says of each line how wide its
# spaces are; where ../shared is there, its tool measures the PDF too.
set -eu
cd "$(dirname "$0")/../.."
BOOK=${1:-manuscript/book.yaml}
B=${B:-build}
work=$B/bench/paragraphs
mkdir -p "$work"

# variant STYLE NAME: a style that only says how to break.
variant()
{
	style=$1
	name=$2
	case $name in
	first) echo "inherit: $style"; echo "paragraph: {greedy: true, kashida: false}" ;;
	total) echo "inherit: $style"; echo "paragraph: {kashida: false}" ;;
	kashida) echo "inherit: $style"; echo "paragraph: {kashida: true}" ;;
	esac >"$work/$style-$name.yaml"
	"$B/dabir" build "$BOOK" -t screen -o "$work" \
		--style "$work/$style-$name.yaml" --dump para \
		>"$work/$style-$name.dump" 2>"$work/$style-$name.said" || true
}

# The tool that other systems were measured with, on the article's prose alone:
# it takes cells of tables and labels of lists for words with spaces.
by_the_tool()
{
	tool=../shared/tools/measure_pdf.py
	if [ ! -e $tool ]; then
		echo "measure_pdf.py is not here: not measured by it"
		return
	fi
	python3 tests/bench/prose.py "$(dirname "$BOOK")/basmachi.md" \
		"$work/prose.md" "$work/prose.txt"
	cat >"$work/prose.yaml" <<-E
	inherit: peers
	title-page: {page: false}
	contents: {show: false}
	E
	"$B/dabir" build "$work/prose.md" -o "$work" -q \
		--style "$work/prose.yaml" || true
	/usr/bin/python3 $tool "$work/prose.pdf" "$work/prose.txt" \
		>"$work/prose.json" && /usr/bin/python3 - "$work/prose.json" <<-'E'
	import json, sys
	with open(sys.argv[1]) as f:
	    m = json.load(f)
	s, z = m["setting"], m["zwnj"]["pdftotext"]
	print("By the tool that measured the others, prose alone: %d lines, "
	      "deviation %.3f em,\n  worst %.3f, over 1.5 times natural %d; "
	      "words whole %.1f%%, ZWNJ %d of %d" % (
	          s["justified_lines"], s["gap_sd_em"], s["gap_max_em"],
	          s["loose_lines_1_5x"], 100 * m["text"]["pdftotext"]["words"],
	          z["kept"], z["source"]))
	E
}

compare()
{
	for name in first total kashida; do
		variant "$1" "$name"
	done
	python3 tests/bench/evenness.py "$work/$1-first.dump" \
		"$work/$1-total.dump" "$work/$1-kashida.dump"
	python3 tests/bench/worse.py "$work/$1-total.dump" \
		"$work/$1-kashida.dump"
}

if [ "${BENCH_ONLY:-}" = tool ]; then
	by_the_tool
	exit
fi
echo "The booklet, as styles/booklet.yaml has it"
compare booklet
if [ -e styles/peers.yaml ]; then
	echo
	echo "The page of the comparison: Amiri 11 on 19 pt, A5"
	sed -n 's/^ *\(kashida-[a-z-]*\): */  \1 /p' styles/peers.yaml
	compare peers
	by_the_tool
	echo
	echo "What its limits buy (XePersian: 0.026, 0.458, 0)"
	python3 tests/bench/curve.py "$B/dabir" "$BOOK" "$work"
fi
