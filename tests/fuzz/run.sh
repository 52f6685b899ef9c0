#!/bin/sh
# make fuzz: each target of tests/fuzz in turn, SECONDS_EACH (600) long, under
# the address and undefined sanitizers. What it finds, and the corpus as it
# grows, lie in build/fuzz; the last line of each log is its result.
#	tests/fuzz/run.sh [TARGET...]
# REPLAY=yes runs the seeds only, once each.
set -u
cd "$(dirname "$0")/../.."
B=${B:-build}
secs=${SECONDS_EACH:-600}
[ $# -gt 0 ] || set -- $(ls tests/fuzz/fuzz_*.c | sed "s/.*fuzz_//;s/.c$//")
# The list of the Makefile.
pkgs=$(sed -n '/^PKGS =/,/[^\]$/p' Makefile | tr -d '\\' | sed 's/PKGS =//')
out=$B/fuzz
mkdir -p "$out"
flags="-std=c11 -D_GNU_SOURCE -O1 -g -Isrc -Itests -fno-omit-frame-pointer
-fsanitize=address,undefined -fno-sanitize-recover=undefined"
# shellcheck disable=SC2046,SC2086
cflags="$flags $(pkg-config --cflags $pkgs)"
libs="$(pkg-config --libs $pkgs) -lhpdf -lzint -lz -lm -lpthread"
passed=0
failed=0

# Copies under the name of what is in them, so that a file comes once.
put() { # DIR FILE...
	dir=$1
	shift
	for f; do
		cp "$f" "$dir/$(sha1sum <"$f" | cut -c1-40)"
	done
}

seeds() { # TARGET DIR
	[ ! -d "tests/fuzz/corpus/$1" ] || put "$2" "tests/fuzz/corpus/$1"/*
	case $1 in
	markdown | page)
		put "$2" $(find tests manuscript -name '*.md' -size -16k) ;;
	yaml) put "$2" $(find styles manuscript -name '*.yaml') ;;
	bib) put "$2" $(find tests -name '*.bib') ;;
	import) put "$2" $(find tests manuscript -name '*.md' -size -16k) ;;
	font) put "$2" $(find fonts/files -name '*.ttf' -size -120k) ;;
	image) clang $cflags -o "$out/seeds_image" tests/fuzz/seeds_image.c \
		"$out/rooms.a" $libs -lcmocka &&
		"$out/seeds_image" "$2" ;;
	esac
}

# The rooms once, with coverage for the fuzzer.
make_rooms() {
	newest=$(ls -t src/*/*.h | head -n 1)
	for f in src/*/*.c; do
		o=$out/obj/${f%.c}.o
		{ [ "$o" -nt "$f" ] && [ "$o" -nt "$newest" ]; } || echo "$f $o"
	done | while read -r f o; do
		mkdir -p "${o%/*}"
		echo clang $cflags -fsanitize=fuzzer-no-link -c -o "$o" "$f"
	done | tr '\n' '\0' | xargs -0 -r -P "$(nproc)" -n 1 sh -c
}

make_rooms || { echo "0 passed, 1 failed"; exit 1; }
rm -f "$out/rooms.a"
find "$out/obj" -name '*.o' -exec ar rcs "$out/rooms.a" {} +
for t; do
	mkdir -p "$out/$t.corpus" "$out/$t.found"
	seeds "$t" "$out/$t.corpus" || failed=$((failed + 1))
	dict=tests/fuzz/$t.dict
	[ $t != page ] || dict=tests/fuzz/markdown.dict
	[ -e "$dict" ] && dict=-dict=$dict || dict=
	# A font is large as a whole, and mutated no less well.
	len=65536
	[ $t != font ] || len=262144
	how="-max_total_time=$secs"
	[ "${REPLAY:-}" = yes ] && how=-runs=0
	if clang $cflags -fsanitize=fuzzer -o "$out/fuzz_$t" \
	    "tests/fuzz/fuzz_$t.c" "$out/rooms.a" $libs &&
	    "$out/fuzz_$t" $how $dict -timeout=20 -rss_limit_mb=2048 -max_len=$len \
	    -print_final_stats=1 -artifact_prefix="$out/$t.found/" \
	    "$out/$t.corpus" >"$out/$t.log" 2>&1; then
		passed=$((passed + 1))
		echo "ok $t: $(grep -E 'cov: ' "$out/$t.log" | tail -n 1)"
	else
		failed=$((failed + 1))
		echo "not ok $t: see $out/$t.log"
		grep -E 'ERROR|SUMMARY|lost at' "$out/$t.log" | head -n 5
	fi
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
