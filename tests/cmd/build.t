#!/bin/sh
# dabir build, new and fonts as a person meets them: first use, mistakes in
# the manuscript, bad surroundings, exit statuses.
set -u
n=0
ok()   { echo "ok $1"; }
no()   { echo "not ok $1"; [ ! -s "$TMP/err" ] || sed 's/^/# /' "$TMP/err"; }
is()   { if [ "$2" = "$3" ]; then ok "$1"; else no "$1"; echo "# got $2, wanted $3"; fi; }
run()  { "$DABIR" "$@" >"$TMP/out" 2>"$TMP/err"; echo $?; }
says() { if grep -qF -- "$2" "$TMP/err"; then ok "$1"; else no "$1"; echo "# wanted: $2"; fi; }
text() { pdftotext "$1" - | sed 's/[\xE2\x80\x8E\xE2\x80\x8F]//g'; }

# --- first use
top=$PWD
cd "$TMP" || exit 1
printf 'سلام دنیا. این نوشته‌ای کوتاه است.\n' >essay.md
is "a lone .md builds" "$(run build essay.md)" 0
[ -s essay.pdf ] && ok "essay.pdf stands beside it" || no "essay.pdf stands beside it"
says "a guessed language is reported" "[MAN016]"
is "the PDF is whole" "$(qpdf --check essay.pdf >/dev/null 2>&1; echo $?)" 0
is "--quiet keeps the guess to itself" "$(run build essay.md --quiet; cat "$TMP/err" "$TMP/out")" 0
for kind in booklet article handout; do
	is "new --kind $kind" "$(run new "p-$kind" --kind $kind)" 0
	is "new $kind builds without a message" "$(run build "p-$kind/book.yaml"; cat "$TMP/err")" 0
done
is "new never writes over a project" "$(run new p-booklet)" 2
is "fonts" "$(run fonts p-booklet/book.yaml)" 0
grep -q 'Parastoo' "$TMP/out" && ok "fonts names the faces" || no "fonts names the faces"
grep -q 'kashida .*jalt: no, GEXT or MSHQ: no, plain tatweel: yes; bars$' "$TMP/out" && ok "fonts says how words can grow" || no "fonts says how words can grow"
for c in build new fonts; do
	is "$c --help" "$(run $c --help)" 0
	grep -q "Usage: dabir $c" "$TMP/out" && ok "$c --help is real" || no "$c --help is real"
done
is "--version" "$(run --version)" 0
grep -q HarfBuzz "$TMP/out" && ok "--version names the libraries" || no "--version names the libraries"
commit=$(cd "$top" && git rev-parse --short=12 HEAD 2>/dev/null)
[ -z "$commit" ] || grep -q "^dabir [0-9.]*+$commit" "$TMP/out" && ok "and the commit it was made of" || no "and the commit it was made of"
grep -q '^Parastoo 400: [0-9a-f]\{16\}$' "$TMP/out" && ok "and the faces that come with it" || no "and the faces that come with it"

# --- wrong usage: exit 2, nothing written
is "no command" "$(run)" 2
is "unknown command" "$(run bild x)" 2
is "unknown option" "$(run build essay.md --ouput d)" 2
says "the nearest option is named" "--output"
is "missing value" "$(run build essay.md -o)" 2
is "no such book" "$(run build none.yaml)" 2
is "no such target" "$(run build p-booklet/book.yaml -t scren)" 2
says "the nearest target is named" "screen"

# --- mistakes in the manuscript: the rest still appears, exit 1
cat >bad.md <<'END'
---
title: آزمایش
lang: fa
bibliography: [refs.bib]
---
# سرفصل

متن با ارجاع [@nokey] و پایان.

![تصویر](none.png)

| a | b |
|---|---|
| ۱ | ۲ | ۳ |

گلیف نادر: 𓀀 در متن.

::: {.unknownclass}
متن درون حصار
:::

::: {.unclosed}
آخر متن
END
printf '@book{key1, author={نام, کس}, title={کتاب}, year={1400}}\n' >refs.bib
is "mistakes exit with 1" "$(run build bad.md)" 1
says "unknown key with its place" "bad.md:8:15: error: "
says "unknown key" "[BIB001]"
says "missing image" "[MAN017]"
says "ragged row" "[MAN004]"
says "missing glyph by code point" "U+13000"
says "unknown class" "[MAN006]"
says "unclosed fence" "[MAN002]"
case $(pdftotext bad.pdf -) in *آخر*) ok "what follows is printed" ;; *) no "what follows is printed" ;; esac
printf '# \330\263\377\331\204\n' >utf.md
is "invalid UTF-8" "$(run build utf.md)" 1
says "its byte offset" "offset 4"
: >empty.md
is "empty manuscript" "$(run build empty.md)" 1
[ ! -e empty.pdf ] && ok "nothing is written for it" || no "nothing is written for it"
printf 'page: {iner: 3mm}\n' >s.yaml
is "style error" "$(run build essay.md --style ./s.yaml)" 1
says "with place and near name" "s.yaml:1:8: error: unknown key"

# --- the last good PDF stands
cp essay.pdf good.pdf
cp essay.pdf keep.pdf
printf 'title: x\nmanuscript: [none.md]\ntargets: {a: {output: keep.pdf, default: true}}\n' >b.yaml
st=$(run build b.yaml)
[ "$st" != 0 ] && cmp -s keep.pdf good.pdf && ok "a failed build leaves the last PDF" || no "a failed build leaves the last PDF"
mkdir -p ro && cp essay.md ro/ && chmod 555 ro
if [ "$(id -u)" != 0 ]; then
	is "an unwritable folder" "$(run build ro/essay.md)" 2
else
	mkdir -p dir.pdf
	printf 'manuscript: [essay.md]\nlang: fa\ntargets: {a: {output: dir.pdf, default: true}}\n' >d.yaml
	is "an output that cannot be written" "$(run build d.yaml)" 2
fi
chmod 755 ro
ln -sf /dev/full full.pdf	# outside, so it has to be allowed
printf 'manuscript: [essay.md]\nlang: fa\ntargets: {a: {output: full.pdf, default: true}}\n' >f.yaml
is "a full disk" "$(run build f.yaml --allow /dev)" 2

# --- more of a manuscript than a machine can lay out
truncate -s 16777217 big.md
is "a manuscript of more than 16 MiB" "$(run build big.md)" 2
grep -q "big.md: larger than 16 MiB" err && ok "and says so" || no "and says so"
rm big.md

# --- two builds are one
"$DABIR" build essay.md -q 2>/dev/null && cp essay.pdf one.pdf
(cd / && "$DABIR" build "$TMP/essay.md" -q -j1 2>/dev/null)
cmp -s one.pdf essay.pdf && ok "two builds are byte for byte the same" || no "two builds are byte for byte the same"

# --- threads and the cache of words change no byte and no message
for o in "-j1" "-j2" "-j1 --no-word-cache" "-j2 --no-word-cache"; do
	# shellcheck disable=SC2086
	"$DABIR" build "$top/manuscript/book.yaml" -t screen -o same $o 2>&1 >/dev/null | cat - same/booklet.pdf | cksum
done | sort -u >sums
is "threads and word cache: the same bytes" "$(wc -l <sums)" 1
is "a book was built" "$(qpdf --show-npages same/booklet.pdf 2>/dev/null | grep -c '^[1-9]')" 1

# --- characters are put in order for the target whose style asks, no other
printf '# كتاب {#a}\n\nاو "كتاب" گفت... [@sec-a].\n' >chars.md
printf 'inherit: essay\ncharacters: {yeh-kaf: true, quotes: true, ellipsis: true}\ncontents: {show: true}\n' >chars.yaml
printf 'manuscript: [chars.md]\nlang: fa\ntargets:\n  one: {style: ./chars.yaml, output: one.pdf, default: true}\n  two: {style: essay, output: two.pdf, default: true}\n' >chars-book.yaml
is "a book with two styles" "$(run build chars-book.yaml)" 0
says "what was set is told" "[TXT017]"
is "letters, quotes and dots are set in text, heading and contents" "$(text one.pdf | grep -c 'کتاب')/$(text one.pdf | grep -c '«کتاب»\|…')/$(text one.pdf | grep -c 'ك')" "3/1/0"
is "and not in the other" "$(text two.pdf | grep -c 'كتاب')/$(text two.pdf | grep -c '"')" "2/1"
is "what is set is no mistake" "$(run check chars-book.yaml -t one; grep -c 'TXT004\|TXT012' "$TMP/err")" "0
0"

# --- trim sizes by name: in the log, and on the page
printf 'متن.\n' >trim.md
for t in "رقعی 145 210" "وزیری 165 235" "خشتی 200 200" "پالتویی 120 210" "جیبی 105 145" "A4 210 297" "A5 148 210" "B5 176 250"; do
	set -- $t
	printf 'inherit: essay\npage: {trim: %s}\n' "$1" >trim.yaml
	is "$1 in the log" "$("$DABIR" build trim.md --style ./trim.yaml 2>/dev/null)" "trim.pdf: 1 page of $1, $2 × $3 mm"
	is "$1 on the page" "$(pdfinfo trim.pdf | awk '/^Page size/ { printf "%.0f %.0f", $3 * 25.4 / 72, $5 * 25.4 / 72 }')" "$2 $3"
done
