#!/bin/sh
# Every target of the fuzzers over its corpus and the tests' own files: what
# was found once, and the ordinary, go through without a crash. With the
# sanitizers (make san) without an error they see either.
set -u

play() { # TARGET FILE...
	t=$1
	shift
	if timeout 300 "$B/replay/fuzz_$t" "$@" >"$TMP/$t" 2>&1 </dev/null; then
		echo "ok $t: $# inputs"
	else
		echo "not ok $t: $# inputs"
		tail -n 20 "$TMP/$t" | sed 's/^/# /'
	fi
}

kept() {
	[ ! -d "tests/fuzz/corpus/$1" ] || ls -d tests/fuzz/corpus/"$1"/*
}

md=$(find tests manuscript -name '*.md' -size -16k)
play markdown $(kept markdown) $md
play page $(kept page) $md
play import $(kept import) $md
play yaml $(kept yaml) $(find styles manuscript -name '*.yaml')
play bib $(kept bib) $(find tests -name '*.bib')
play csl $(kept csl) $(find tests -name '*.json' -size -64k)
play csv $(kept csv)
play image $(kept image) docs/pictures/*.png
set -- $(kept font) $(find fonts/files -name '*.ttf' -size -120k)
[ $# = 0 ] || play font "$@"

# A target without a line above is not replayed.
for f in tests/fuzz/fuzz_*.c; do
	t=${f##*/fuzz_}
	grep -q "play ${t%.c} " tests/fuzz/replay.t || [ "$t" = font.c ] ||
	    echo "not ok ${t%.c} is not replayed"
done
