#!/bin/sh
# make pictures: the README's pictures, from the PDFs just built, as small
# grey PNGs: a spread of the booklet (right-bound, so the even page stands on
# the right), the overview of the phases, a handout. Pages are found by what
# stands on them: an edit moves them.
set -eu
B=${B:-build}
out=docs/pictures
tmp=$B/pictures
mkdir -p "$out" "$tmp"
rm -f "$tmp"/*.p?m

page() # PDF PAGE DPI NAME
{
	pdftoppm -gray -r "$3" -f "$2" -l "$2" -singlefile "$1" "$tmp/$4"
}

# The last page of $1 whose text has $2. Marks of direction, which part words
# and signs, are dropped.
page_of()
{
	pdftotext -layout "$1" - | /usr/bin/python3 -c '
import re, sys
pages = re.sub("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]", "",
               sys.stdin.read()).split("\f")
found = [n for n, text in enumerate(pages, 1) if sys.argv[1] in text]
sys.exit("no page has " + sys.argv[1]) if not found else print(found[-1])
' "$2"
}

# The spread around the chapter's head: the even page and the one after it.
n=$(page_of "$B/booklet.pdf" 'مرحله نخست قیام باسماچی')
n=$((n / 2 * 2))
page "$B/booklet.pdf" $n 80 right
page "$B/booklet.pdf" $((n + 1)) 80 left
/usr/bin/python3 tests/pictures.py "$out/spread.png" "$tmp/left.pgm" "$tmp/right.pgm"
n=$(page_of "$B/booklet.pdf" 'ورود انورپاشا به بخارا')
page "$B/booklet.pdf" "$n" 80 overview
/usr/bin/python3 tests/pictures.py "$out/timeline.png" "$tmp/overview.pgm"
if [ -e "$B/handouts/phase-1.pdf" ]; then
	page "$B/handouts/phase-1.pdf" 1 55 h1
	page "$B/handouts/phase-1.pdf" 4 55 h2
	/usr/bin/python3 tests/pictures.py "$out/handout.png" "$tmp/h2.pgm" "$tmp/h1.pgm"
fi
ls -l "$out"
