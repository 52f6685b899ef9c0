#!/bin/sh
# make pictures: the README's pictures, from the PDFs just built, as small
# grey PNGs: a spread of the booklet (right-bound, so the even page stands on
# the right), the overview of the phases, a handout.
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

page "$B/booklet.pdf" 6 80 right
page "$B/booklet.pdf" 7 80 left
/usr/bin/python3 tests/pictures.py "$out/spread.png" "$tmp/left.pgm" "$tmp/right.pgm"
page "$B/booklet.pdf" 10 80 overview
/usr/bin/python3 tests/pictures.py "$out/timeline.png" "$tmp/overview.pgm"
if [ -e "$B/handouts/phase-1.pdf" ]; then
	page "$B/handouts/phase-1.pdf" 1 55 h1
	page "$B/handouts/phase-1.pdf" 4 55 h2
	/usr/bin/python3 tests/pictures.py "$out/handout.png" "$tmp/h2.pgm" "$tmp/h1.pgm"
fi
ls -l "$out"
