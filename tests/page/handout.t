#!/bin/sh
# Handouts of the first book: answers stand in the text, the teacher's edition
# moves nothing, every variant builds, a selector without match is an error.
set -u

ok() { # WHAT, after a command
	if [ $? -eq 0 ]; then echo "ok $1"; else echo "not ok $1"; fi
}

/usr/bin/python3 - manuscript/basmachi.md <<'END'
import re, sys
text = open(sys.argv[1], encoding="utf-8").read()
plain = re.sub(r'^:+ *\{\.questions.*?(?=^#+ |\Z)', "", text,
               flags=re.S | re.M)
bare = lambda s: re.sub(r"[^\w\u200c]+", " ", re.sub(
    r"\[\^[^\]]*\]|\[@[^\]]*\]|\{[^}]*\}", " ", s)).strip()
plain, bad, n = bare(plain), 0, 0
for head in re.findall(r"^:+ \{(\.question .*)\}$", text, re.M):
    n += 1
    words = re.search(r'words="([^"]*)"', head)
    if not re.search(r"\bpar=", head) or not words:
        print("# names no paragraph:", head); bad += 1; continue
    for w in words[1].split("|"):
        if bare(w) not in plain:
            print("# not in the text:", w); bad += 1
print("#", n, "questions")
sys.exit(bad > 0 or n < 20)
END
ok "every answer names a paragraph, and its words are in the text"

"$DABIR" build manuscript/book.yaml -o "$TMP/a" -t handouts \
    -t handouts-teacher --quiet 2>"$TMP/said"
[ $? -lt 2 ]
ok "handouts are built"
for i in 1 2 3; do
	for kind in "" -teacher; do
		pdftotext -bbox "$TMP/a/handouts/phase-$i$kind.pdf" \
		    "$TMP/box$kind" && grep -c '<page' "$TMP/box$kind"
	done >"$TMP/pages"
	[ "$(sort -u "$TMP/pages" | wc -l)" = 1 ]
	ok "phase $i: as many pages for the teacher"
	grep '<word' "$TMP/box" | sort >"$TMP/s"
	grep '<word' "$TMP/box-teacher" | sort >"$TMP/t"
	[ -s "$TMP/s" ] && [ -z "$(comm -23 "$TMP/s" "$TMP/t")" ]
	ok "phase $i: each word of the student's is where the teacher's is"
done

for style in handout-large handout-spaced handout-vocabulary; do
	"$DABIR" build manuscript/book.yaml -o "$TMP/$style" -t handouts \
	    --style "styles/$style.yaml" --quiet 2>"$TMP/said"
	[ $? -lt 2 ] && [ -s "$TMP/$style/handouts/phase-3.pdf" ]
	ok "$style"
done

printf -- '---\nlang: fa\n---\n\n## یک\n\nمتن.\n' >"$TMP/it.md"
printf 'title: t\nlang: fa\nmanuscript: [it.md]\ntargets:\n  h: {style: handout, each: .phase, output: "h/{id}.pdf"}\n' \
    >"$TMP/book.yaml"
ln -s "$PWD/styles" "$PWD/fonts" "$TMP/"
"$DABIR" build "$TMP/book.yaml" -o "$TMP/none" -t h >/dev/null 2>"$TMP/said"
[ $? -eq 2 ] && [ -s "$TMP/said" ] && [ ! -e "$TMP/none" ]
ok "no phase: a message, status 2, nothing written"
