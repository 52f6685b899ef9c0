#!/bin/sh
# HTML beside PDF, before judges of their own: axe-core in headless Chromium,
# the validator of the W3C, an independent parser, and the source's own words.
# Each judge is shown to fail on a file that was broken.
set -u

ok() { # WHAT, after a command
	if [ $? -eq 0 ]; then echo "ok $1"; else echo "not ok $1"; fi
}
said() { sed 's/^/# /' "$TMP/said"; }

# --- what is judged ---------------------------------------------------------

room=$TMP/book
mkdir -p "$room/out"
ln -s "$PWD/styles" "$PWD/fonts" "$room/"
cp manuscript/basmachi.md manuscript/references.bib "$room/"
sed 's/^  handouts-web:.*/&\
  key: {style: handout, each: .phase, answers: true, format: html, output: "handouts\/{id}-teacher.html"}/' \
    manuscript/book.yaml >"$room/book.yaml"
"$DABIR" build "$room/book.yaml" -o "$room/out" -q -t web -t handouts-web \
    -t key 2>"$TMP/said"
[ $? -lt 2 ]
ok "booklet and handouts are built"

# The golden's manuscript, with pictures that are there.
fixture=$TMP/every
mkdir -p "$fixture/pictures"
cp -r tests/html/every.* styles "$fixture/"
ln -s "$PWD/fonts" "$fixture/"
/usr/bin/python3 tests/page/pictures.py "$fixture/pictures"
printf 'inherit: author-date-fa\nlist: {backlinks: true, numbered: false}\n' \
    >"$fixture/styles/citations/back.yaml"
sed -e 's/(nowhere.png)/(pictures\/glass.png)/' \
    -e 's/^بند نخست/![یک عکس](pictures\/photo.jpg){width=50%}\n\nدر خط ![عکس](pictures\/bars.png) است.\n\n&/' \
    "$fixture/every.md" >"$fixture/all.md"
printf 'lang: fa\nmanuscript: [all.md]\nbibliography: every.bib\ncitations: back\ntargets:\n  w: {style: ./every.style.yaml, format: html, output: all.html, default: true}\n  k: {style: ./every.style.yaml, format: html, output: all-key.html, answers: true, default: true}\n' \
    >"$fixture/book.yaml"
"$DABIR" build "$fixture/book.yaml" -q 2>"$TMP/said"
[ $? -lt 2 ]
ok "the fixture is built"
files="$room/out/booklet.html $room/out/handouts/*.html $fixture/all.html $fixture/all-key.html"
[ "$(ls $files | wc -l)" = 9 ]
ok "nine files are judged"

# --- accessibility ----------------------------------------------------------

if ! command -v chromium >/dev/null; then
	echo "not ok there is no chromium"
else
	CHROMIUM=$(command -v chromium) node tests/html/judge.mjs $files \
	    >"$TMP/said" 2>&1
	status=$?
	said
	[ $status = 0 ] && [ "$(grep -c ': 0 found' "$TMP/said")" = 9 ]
	ok "axe-core finds nothing, on a phone or a desk, light or dark"
	sed -e 's/<html lang="fa" dir="rtl">/<html>/' \
	    -e 's/<h2 /<h4 /; s/--soft:#4f4a43/--soft:#ddd/' \
	    -e 's/<body>/&<img src="http:\/\/127.0.0.1:9\/a.png"><script>1<\/script>/' \
	    "$fixture/all.html" >"$TMP/broken.html"
	node tests/html/judge.mjs "$TMP/broken.html" >"$TMP/said" 2>&1
	status=$?
	for rule in html-has-lang image-alt heading-order color-contrast \
	    'holds scripts' 'fetches http'; do
		grep -q "^  $rule" "$TMP/said" ||
		    { echo "# not seen: $rule"; status=0; }
	done
	[ $status = 1 ]
	ok "axe-core finds what was broken"
fi

# --- well formed ------------------------------------------------------------

vnu() {
	java -Djava.awt.headless=true -XX:+UseSerialGC \
	    -XX:TieredStopAtLevel=1 -Xss8m -jar \
	    build/judges/node_modules/vnu-jar/build/dist/vnu.jar \
	    --format gnu "$@" >"$TMP/said" 2>&1
}
vnu $files
status=$?
sed 's/^/# /' "$TMP/said" | head -n 20
[ $status = 0 ] && [ ! -s "$TMP/said" ]
ok "the validator has no error and no warning"
sed 's/<\/ol>//' "$fixture/all.html" >"$TMP/broken.html"
! vnu "$TMP/broken.html"
ok "the validator finds what was broken"

/usr/bin/python3 tests/html/reader.py check $files >"$TMP/said"
ok "ids, links, levels, attributes: nothing amiss"
grep ' [1-9][0-9]* amiss\|^  ' "$TMP/said" | sed 's/^/# /'
sed 's/id="tbl-one"/id="tl" onclick="x()"/' "$fixture/all.html" \
    >"$TMP/broken.html"
! /usr/bin/python3 tests/html/reader.py check "$TMP/broken.html" >"$TMP/said"
ok "and what was broken is seen"

# --- what a browser makes of directions -------------------------------------

node tests/html/places.mjs "$fixture/all.html" >"$TMP/said" 2>&1
ok "ranges run right to left, signed numbers and C++ left to right"
grep '^not' "$TMP/said" | sed 's/^/# /'

# --- the words of the source ------------------------------------------------

if [ -z "${SHARED:-}" ] || [ ! -d "$SHARED/seed" ]; then
	echo "skip the source is not at hand"
	exit 0
fi
/usr/bin/python3 tests/html/reader.py text "$room/out/booklet.html" \
    >"$TMP/words.txt"
/usr/bin/python3 "$SHARED/seed/check_words.py" "$SHARED"/seed/[0-9]*_*.txt \
    "$SHARED/seed/errata.tsv" "$TMP/words.txt" --plain --strict \
    --max-added 1 >"$TMP/said"
ok "every letter of the source, in order, and none beside them"
sed 's/^/# /' "$TMP/said" | head -n 20
/usr/bin/python3 - "$SHARED/seed/source-clean.txt" "$TMP/words.txt" <<'END'
import re, sys, unicodedata
gone = dict.fromkeys([0x200e, 0x200f, 0x61c, *range(0x2066, 0x206a)])
def words(path):
    text = unicodedata.normalize("NFC", open(path, encoding="utf-8").read())
    return [w for w in text.translate(gone).replace("\xa0", " ").split()
            if not re.fullmatch(r"\d+\.", w)]
a, b = map(words, sys.argv[1:])
print("#", len(a), "words")
bad = [(x, y) for x, y in zip(a, b) if x != y]
for x, y in bad[:5]:
    print("#", x, "as", y)
sys.exit(bool(bad) or len(a) != len(b))
END
ok "every word whole, with its ZWNJ and punctuation"
