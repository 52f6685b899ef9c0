#!/bin/sh
# setup/booklet.sh
#
# `make booklet`: the real manuscript, for the screen, for print, imposed, and
# as HTML, as far as its book file has these targets. Print needs a profile that Debian
# has to be asked for; without it the others still appear.
set -eu
cd "$(dirname "$0")/.."

book=manuscript/book.yaml
targets=
for target in screen print imposed web; do
	grep -q "^  *$target:" $book || continue
	if [ $target = print ] && ! setup/icc.sh --fogra; then
		echo "booklet: WARNING: without print" >&2
		continue
	fi
	targets="$targets -t $target"
done
exec "$B/dabir" build $book -o "$B" $targets
