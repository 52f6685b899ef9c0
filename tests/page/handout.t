#!/bin/sh
# Handouts of the first book: answers stand in the text, the teacher's edition
# moves nothing, every variant builds, a selector without match is an error.
set -u

ok() { # WHAT, after a command
	if [ $? -eq 0 ]; then echo "ok $1"; else echo "not ok $1"; fi
}

# --- the key ----------------------------------------------------------------

structure=
[ -z "${SHARED:-}" ] || structure=$SHARED/seed/structure.md
[ -n "$structure" ] ||
    echo "skip the source is not at hand: paragraphs are not looked up"
key() { /usr/bin/python3 tests/page/key.py "$1" $structure >"$TMP/said"; }

key manuscript/basmachi.md
ok "every question is keyed by the text"
[ ! -s "$TMP/said" ] || sed 's/^/# /' "$TMP/said"

# Each of these is wrong, and must be found so.
wrong() { # WHAT, SED SCRIPT
	sed "$2" manuscript/basmachi.md >"$TMP/wrong.md"
	if cmp -s manuscript/basmachi.md "$TMP/wrong.md" ||
	    key "$TMP/wrong.md"; then
		echo "not ok found: $1"
	else
		echo "ok found: $1"
	fi
}
[ -z "$structure" ] ||
    wrong "another paragraph" 's/par=31 words/par=39 words/'
wrong "a quotation that is none" 's/words="شعار آنها/words="شعار اینها/'
wrong "a false answer" 's/^استقلال داخلی، نفی/استقلال خارجی، نفی/'
wrong "another year" 's/^سال ۱۹۳۱: قیام/سال ۱۹۳۳: قیام/'
wrong "another word in a blank" 's/\[اکتبر\]{/[نوامبر]{/'
wrong "blanks that changed places" 's/\[پنبه\]\(.*\)\[غله‌جات\]/[غله‌جات]\1[پنبه]/'
wrong "true for false" 's/answer=false par=26/answer=true par=26/'
wrong "false for true" 's/answer=true par=29/answer=false par=29/'
wrong "matches that changed places" \
    's/^| لوقای | ابراهیم |/| لوقای | شیر محمد و ملا ارگش |/'
wrong "another order" \
    's/^2\. تصرف شهرهای/2. کشته شدن انورپاشا/; s/^3\. کشته شدن انورپاشا/3. تصرف شهرهای دوشنبه/'

# --- pages -------------------------------------------------------------------

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
	PYTHONPATH=tests/page /usr/bin/python3 - "$TMP/a/handouts/phase-$i" <<'END'
import sys
from sheet import pages
student, teacher = (pages(sys.argv[1] + k) for k in (".pdf", "-teacher.pdf"))
sys.exit([p.rules for p in student] != [p.rules for p in teacher] or
         not 2 <= len(student) <= 4)
END
	ok "phase $i: so is each rule, on two to four pages"
done
if tests/lib/verapdf.sh ua1 "$TMP"/a/handouts/*.pdf >"$TMP/said"; then
	echo "ok veraPDF: $(grep -c ': 0 failed rules' "$TMP/said") PDF/UA-1"
else
	echo "not ok veraPDF"
	sed 's/^/# /' "$TMP/said"
fi

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
