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
# spaces are.
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

figures()
{
	awk '
	function number(key) {
		if (!match($0, " " key "=-?[0-9.]+"))
			return 0
		return substr($0, RSTART + length(key) + 2,
		    RLENGTH - length(key) - 2) + 0
	}
	FNR == 1 { f++; full = 0 }
	/^line / {
		full = !/ ragged/ && match($0, / of [0-9]+/)
		if (!full)
			next
		n = substr($0, RSTART + 4, RLENGTH - 4) + 0
		ratio = number("space")
		if (n == 0) {
			full = 0
			next
		}
		lines[f]++
		if (ratio > 1.5005)
			loose[f]++
		if (ratio > loosest[f])
			loosest[f] = ratio
		if (match($0, /kashida=[0-9.]+pt\/[0-9]+/)) {
			split(substr($0, RSTART + 8, RLENGTH - 8), k, "pt/")
			long = k[1]
			kashidas[f] += k[2]
		} else
			long = 0
		next
	}
	# The spaces of a line are in one ratio: one run tells of all.
	full && /^\trun / && / space=/ {
		em = number("size")
		gap = number("space") / em
		natural = gap / ratio
		spaces[f] += n
		sum[f] += n * gap
		squares[f] += n * gap * gap
		deviation[f] += n * (gap - natural) * (gap - natural)
		if (gap > worst[f])
			worst[f] = gap
		kashida[f] += long / em
		full = 0
	}
	function row(label, format, a, b, c) {
		printf "%-40s" format format format "\n", label, a, b, c
	}
	END {
		for (i = 1; i <= 3; i++) {
			mean[i] = sum[i] / spaces[i]
			sd[i] = sqrt(squares[i] / spaces[i] - mean[i] ^ 2)
			each[i] = kashidas[i] ? kashida[i] / kashidas[i] : 0
		}
		row("", "%14s", "first fit", "total fit", "with kashida")
		row("full lines", "%14d", lines[1], lines[2], lines[3])
		row("squared deviations of word space, em^2", "%14.3f",
		    deviation[1], deviation[2], deviation[3])
		row("word space, mean, em", "%14.3f", mean[1], mean[2], mean[3])
		row("word space, standard deviation, em", "%14.3f",
		    sd[1], sd[2], sd[3])
		row("word space, worst, em", "%14.3f",
		    worst[1], worst[2], worst[3])
		row("loosest line, times natural", "%14.2f",
		    loosest[1], loosest[2], loosest[3])
		row("lines over 1.5 times natural", "%14d",
		    loose[1], loose[2], loose[3])
		row("kashidas", "%14d", kashidas[1], kashidas[2], kashidas[3])
		row("  of mean length, em", "%14.2f",
		    each[1], each[2], each[3])
	}' "$@"
}

compare()
{
	for name in first total kashida; do
		variant "$1" "$name"
	done
	figures "$work/$1-first.dump" "$work/$1-total.dump" \
		"$work/$1-kashida.dump"
	python3 tests/bench/worse.py "$work/$1-total.dump" \
		"$work/$1-kashida.dump"
}

echo "The booklet, as styles/booklet.yaml has it"
compare booklet
if [ -e styles/peers.yaml ]; then
	echo
	echo "The page of the comparison: Amiri 11 on 19 pt, A5"
	sed -n 's/^ *\(kashida-[a-z-]*\): */  \1 /p' styles/peers.yaml
	compare peers
fi
