#!/bin/sh
# Excuses: where they stand, what they name, what is told of them; and that
# `dabir build` keeps quiet about what is excused, too.
set -u
cd "$TMP" || exit 1
ok() { if [ "$1" = 0 ]; then echo "ok $2"; else echo "not ok $2"; sed 's/^/# /' said; fi; }
check() { "$DABIR" check "$@" >out 2>said; }

cat >a.md <<'END'
---
lang: fa
---

<!-- dabir: allow TXT010: از پی هم، یکم -->
<!-- dabir: allow TXT006: از پی هم، دوم -->
از از ، دو توضیح.

<!-- dabir: allow TXT010, TXT006: دو کد در یکی -->
از از ، دو کد.

<!-- dabir: allow TXT010 -->
از از بی‌دلیل.

<!-- dabir: allow TXT010: -->
از از دلیل تهی.

<!-- dabir:allow txt010: حروف کوچک -->
از از حروف کوچک.

متن.[^n]

<!-- dabir: allow TXT010: در پانوشت -->
[^n]: از از پانوشت.

- مورد
- <!-- dabir: allow TXT010: در فهرست -->
  از از مورد.

از <!-- dabir: allow TXT010: در میان --> از سطر.

<!-- dabir: allow TXT010: پایان پرونده -->
END
check a.md
for line in 7 10; do
	for code in TXT006 TXT010; do
		grep -q "^a.md:$line:.*accepted: .*\[$code\]" said
		ok $? "line $line: $code is excused"
	done
done
for line in 13 16; do
	grep "^a.md:$line:.*TXT010" said | grep -vq accepted; ok $? "line $line is not excused"
	grep -q "^a.md:$((line - 1)):1: .*MAN031" said; ok $? "and why is told"
done
grep -q '^a.md:18:1: .*“allow txt010” names no code; did you mean “TXT010”.*MAN032' said
ok $? "a code in small letters is none"
for line in 24 28 30; do
	grep -q "^a.md:$line:.*accepted: .*TXT010" said; ok $? "line $line is excused"
done
grep -q '^a.md:32:1: .*MAN030' said; ok $? "an excuse at the end of the file is told"
[ "$(grep -c MAN030 said)" = 1 ]; ok $? "and no other is unused"

# --- what has no line of its own ----------------------------------------------
pages() # NAME CODE STYLE: an excuse before the last block before the place
{
	printf -- '---\nlang: fa\n---\n\n%s\n' "$4" >p.md
	printf 'inherit: essay\n%s\n' "$3" >s.yaml
	check p.md --style s.yaml; grep "\[$2\]" said | grep -vq accepted
	ok $? "$1 is told"
	grep -q "^p.md:[0-9]*:[0-9]*: .*\[$2\]" said; ok $? "$1: at a line"
	line=$(sed -n "s/^p.md:\([0-9]*\):.*\[$2\]/\1/p" said | head -n 1)
	sed -i "${line}i <!-- dabir: allow $2: چنین خواسته شد -->" p.md
	check p.md --style s.yaml
	grep "\[$2\]" said | grep -q accepted && ! grep "\[$2\]" said | grep -vq accepted
	ok $? "$1 is excused"
}
pages "a short page" LAY010 'classes: {fresh: {page-before: true}}' '# یک

متن.

::: {.fresh}
متن.
:::

متن.'
pages "the number of pages" LAY021 'check: {page-multiple: 4}' 'متن.'

# --- bibliographies and YAML --------------------------------------------------
cat >b.md <<'END'
---
lang: fa
bibliography: [r.bib]
nocite: "@b"
---

متن [@a].

::: {#refs}
:::
END
cat >r.bib <<'END'
@book{a, author = {الف, ب}, title = {کتاب}, publisher = {نشر}, year = {1380}}

% dabir: allow BIB002: برای خوانندهٔ کنجکاو
@book{b, author = {الف, ب}, title = {کتاب},
  publisher = {نشر}, year = {1380}, year = {1381}}

% dabir: allow BIB012: ناشر چنین خواست
@book{c, author = {الف, ب}, title = {کتاب},
  publisher = {نشر}, year = {1380}, year = {1381}}
@book{d, author = {الف, ب}, title = {کتاب},
  publisher = {نشر}, year = {1380}, year = {1381}}
END
check b.md
grep -q '^r.bib:4:.*“b”.*accepted: .*BIB002' said; ok $? "an entry's first line"
grep '^r.bib:5:.*BIB012' said | grep -vq accepted; ok $? "but another code is not"
grep -q '^r.bib:9:.*accepted: .*BIB012' said; ok $? "an entry's second line"
grep '^r.bib:11:.*BIB012' said | grep -vq accepted; ok $? "but not of the next entry"
grep '^r.bib:11:' said | grep -q 'page'; ok $((1 - $?)) "an entry that is not printed has no page"
! grep -q MAN03 said; ok $? "nothing else is told of them"
sed -i 's/BIB012: ناشر/TXT010: ناشر/' r.bib; check b.md
grep -q '^r.bib:7:1: .*MAN030' said; ok $? "an unused one in a bibliography"
cat >book.yaml <<'END'
lang: fa
manuscript: [b.md]
targets:
  one: {style: essay, output: a.pdf, default: true}
  # dabir: allow STY023: یکی از این دو ساخته می‌شود
  two: {style: essay, output: a.pdf}
END
check book.yaml; grep -q '^book.yaml:6:.*accepted: .*STY023' said; ok $? "a line of the book file"

# --- build --------------------------------------------------------------------
printf -- '---\nlang: fa\n---\n\n<!-- dabir: allow MAN019: بعد می‌آید -->\nنک. [@tbl-x].\n\n<!-- dabir: allow TXT010: شعر -->\nاز از.\n' >c.md
"$DABIR" build c.md >out 2>said; [ $? = 0 ] && [ ! -s said ]
ok $? "build is quiet about what is excused, and about lints it does not run"
sed -i 2,5s/MAN019/MAN018/ c.md
"$DABIR" build c.md >out 2>said; [ $? = 1 ] && grep -q MAN019 said
ok $? "and not about the rest"
