#!/bin/sh
# dabir check: for every text code a line that triggers it and a twin that
# does not; excuses; reports; exit statuses.
set -u
cd "$TMP" || exit 1
one() # NAME CODE BAD GOOD
{
	printf -- '---\nlang: fa\n---\n\n%s\n' "$3" >bad.md
	printf -- '---\nlang: fa\n---\n\n%s\n' "$4" >good.md
	"$DABIR" check bad.md 2>bad.msg
	"$DABIR" check good.md 2>good.msg
	if grep -q "bad.md:5:[0-9]*: .*\[$2\]" bad.msg; then echo "ok $1 is told"
	else echo "not ok $1 is told"; sed 's/^/# /' bad.msg; fi
	if grep -q "\[$2\]" good.msg; then
		echo "not ok $1: its twin is quiet"; sed 's/^/# /' good.msg
	else echo "ok $1: its twin is quiet"; fi
}
one "Arabic Yeh" TXT004 'این كتاب است.' 'این کتاب است و [كتاب]{lang=ar} عربی.'
one "Arabic digit" TXT005 'سال ١٩١٧ بود.' 'سال ۱۹۱۷ بود و `١` در کد.'
one "space before a mark" TXT006 'این ، آن.' 'این، آن.'
one "no space after a mark" TXT007 'این،آن.' 'این، آن.'
one "a bracket alone" TXT008 'این (آن.' 'این (آن).'
one "a missing ZWNJ" TXT009 'او می رود.' 'او می‌رود.'
one "a doubled word" TXT010 'این است است.' 'این است.'
one "lam-alef torn" TXT011 'این اصطالح است.' 'این اصطلاح است.'
one "a straight quote" TXT012 'او "سلام" گفت.' 'او «سلام» گفت.'
printf -- '---\nlang: fa\n---\n\n<!-- dabir: allow TXT010: none -->\nاین است.\n' >un.md
"$DABIR" check un.md 2>&1 | grep -q 'un.md:[56]:1: warning: .*MAN030' &&
	echo "ok an unused excuse is told" || echo "not ok an unused excuse is told"

printf -- '---\nlang: fa\n---\n\n<!-- dabir: allow TXT010: a refrain -->\nاز از.\n' >ex.md
"$DABIR" check ex.md --fail-on warning --format json >ex.json 2>/dev/null
st=$?
[ $st = 0 ] && grep -q '"excuse": "a refrain"' ex.json && echo "ok an excuse counts for nothing" ||
	{ echo "not ok an excuse counts for nothing"; echo "# $st"; sed 's/^/# /' ex.json; }
printf -- '---\nlang: fa\n---\n\nاز از.\n' >w.md
"$DABIR" check w.md 2>/dev/null; a=$?
"$DABIR" check w.md --fail-on warning 2>/dev/null; b=$?
"$DABIR" check none.md 2>/dev/null; c=$?
[ "$a$b$c" = 012 ] && echo "ok exit statuses" || echo "not ok exit statuses: $a $b $c"
for f in json sarif; do
	"$DABIR" check w.md --format $f 2>/dev/null | /usr/bin/python3 -c 'import json,sys; json.load(sys.stdin)' 2>err &&
		echo "ok $f can be read" || { echo "not ok $f can be read"; sed 's/^/# /' err; }
done
"$DABIR" check w.md --format junit 2>/dev/null | /usr/bin/python3 -c '
import sys, xml.etree.ElementTree as e
t = e.parse(sys.stdin).getroot()
assert int(t.get("tests")) == len(t) and int(t.get("failures")) == len(t.findall(".//failure"))' 2>err &&
	echo "ok junit counts itself" || { echo "not ok junit counts itself"; sed 's/^/# /' err; }
"$DABIR" check --explain LAY002 | grep -q '^LAY002: ' && echo "ok --explain" || echo "not ok --explain"

# --- in Persian ---------------------------------------------------------------
printf -- '---\nlang: fa\n---\n\nاین ، آن [@tbl-x].\n\nآغاز %s پایان.\n' "$(printf 'دراز%.0s' $(seq 80))" >fa.md
for how in --lang=fa LC_ALL=fa_IR.UTF-8 LANG=fa; do
	case $how in
	--*) "$DABIR" check fa.md $how 2>fa.msg ;;
	LC_ALL*) env "$how" "$DABIR" check fa.md 2>fa.msg ;;
	*) env LC_ALL= LC_MESSAGES= "$how" "$DABIR" check fa.md 2>fa.msg ;;
	esac
	if grep -q 'LAY026' fa.msg && ! grep -qE 'line is|error:|warning:|(page|errors)' fa.msg
	then echo "ok $how: all of it is Persian"
	else echo "not ok $how: all of it is Persian"; sed 's/^/# /' fa.msg; fi
done
for how in --lang=fa LC_ALL=fa_IR.UTF-8; do
	case $how in
	--*) "$DABIR" check fa.md --nonsense $how 2>fa.use ;;
	*) env "$how" "$DABIR" check fa.md --nonsense 2>fa.use ;;
	esac
	grep -q 'شناخته نیست.*USE001' fa.use && echo "ok $how: of options, too" || echo "not ok $how: of options, too"
done
tail -n 1 fa.msg | grep -q '^۱ خطا، ۴ هشدار، ' && echo "ok the counts in Persian" || { echo "not ok the counts in Persian"; tail -n 1 fa.msg | sed 's/^/# /'; }
/usr/bin/python3 - fa.msg <<'EOF' && echo "ok place first, quoted text isolated" || echo "not ok place first, quoted text isolated"
import re, sys
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()[:-1]
assert len(lines) >= 3
for line in lines:
    assert re.match("\u2068fa\\.md:\\d+:\\d+\u2069: (خطا|هشدار): ", line), line
    assert line.count("\u2068") == line.count("\u2069"), line
assert any("«\u2068،\u2069»" in line for line in lines), lines
EOF
"$DABIR" check fa.md --lang en 2>&1 | grep -q 'error: ' && echo "ok --lang en" || echo "not ok --lang en"
LC_ALL=fa_IR.UTF-8 "$DABIR" check fa.md --lang en 2>&1 | grep -q 'error: ' && echo "ok --lang wins" || echo "not ok --lang wins"

# --- levels, limits, explanations, colour -------------------------------------
style() { printf 'inherit: essay\ncheck: {%s}\n' "$1" >s.yaml; "$DABIR" check w.md --style s.yaml >s.msg 2>&1; echo $?; }
[ "$(style 'levels: {TXT010: error}')" = 1 ] && grep -q 'error: .*TXT010' s.msg && echo "ok a style makes a warning an error" || echo "not ok a style makes a warning an error"
[ "$(style 'levels: {TXT010: off}')" = 0 ] && ! grep -q TXT010 s.msg && echo "ok a style turns a check off" || echo "not ok a style turns a check off"
[ "$(style 'levels: {TXT10: off}')" = 1 ] && grep -q 's.yaml:2:18: error: .*“TXT10”.*TXT010.*STY001' s.msg && echo "ok an unknown code is told" || { echo "not ok an unknown code is told"; sed 's/^/# /' s.msg; }
[ "$(style 'levels: {TXT010: loud}')" = 1 ] && grep -q 'STY002' s.msg && echo "ok an unknown level is told" || echo "not ok an unknown level is told"
printf -- '---\nlang: fa\n---\n\n%s\n' 'استقلال‌طلبانه‌ترین دموکراتیک‌ترین انترناسیونالیستی‌ترین سوسیالیست‌های آزادی‌خواهانه ماوراءالنهری‌ها استقلال‌طلبانه‌ترین دموکراتیک‌ترین انترناسیونالیستی‌ترین سوسیالیست‌های' >l.md
for loose in 0 9; do
	printf 'inherit: essay\nparagraph: {kashida: false}\ncheck: {loose: %s}\n' $loose >s.yaml
	"$DABIR" check l.md --style s.yaml 2>&1 | grep -c LAY002
done | tr '\n' ' ' | grep -qE '^[1-9][0-9]* 0 $' && echo "ok the limit of loose lines is the style's" || echo "not ok the limit of loose lines is the style's"
bad=
for code in $(grep -oE '"[A-Z]{3}[0-9]{3}"' "$OLDPWD/src/base/messages.h" | tr -d '"'); do
	"$DABIR" check --explain "$code" | grep -q "^$code: ..." &&
	    "$DABIR" check --explain "$code" --lang fa | grep -qE "^$code: .*(است|کنید|نیست|بگذارید|ید)" || bad="$bad $code"
done
[ -z "$bad" ] && echo "ok every code is explained, in both languages" || echo "not ok every code is explained:$bad"
"$DABIR" check --explain LAY999 2>err; [ $? = 2 ] && grep -q USE001 err && echo "ok an unknown code is not explained" || echo "not ok an unknown code is not explained"
"$DABIR" check --explain LAY03 2>err; [ $? = 2 ] && grep -q '“LAY03”; did you mean “LAY003”' err && echo "ok but a near one is named" || echo "not ok but a near one is named"
"$DABIR" check --explain lay003 | grep -q '^LAY003: ' && echo "ok codes in small letters" || echo "not ok codes in small letters"
colours() { /usr/bin/python3 -c 'import pty, sys; pty.spawn(sys.argv[1:])' "$DABIR" check w.md </dev/null | grep -c "$(printf '\033')\["; }
[ "$(unset NO_COLOR; colours)" -gt 0 ] &&
	[ "$(NO_COLOR=1 colours)" = 0 ] && echo "ok colour on a terminal, none with NO_COLOR" || echo "not ok colour on a terminal, none with NO_COLOR"
"$DABIR" check w.md 2>&1 | grep -q "$(printf '\033')" && echo "not ok no colour in a pipe" || echo "ok no colour in a pipe"

# --- false alarms and finds on real text --------------------------------------
if [ -n "${SHARED:-}" ]; then
	cp "$SHARED/seed/source-clean.txt" clean.md
	cp "$SHARED"/seed/0*.txt torn.md
	"$DABIR" check clean.md 2>&1 | grep '\[TXT' >clean.txt
	"$DABIR" check torn.md 2>&1 | grep '\[TXT' >torn.txt
	[ ! -s clean.txt ] && echo "ok no false alarm in the mended text" || { echo "not ok no false alarm in the mended text"; sed 's/^/# /' clean.txt; }
	n=$(grep -c TXT011 torn.txt)
	[ "$n" -ge 26 ] && echo "ok torn lam-alef: $n of the 31 places told" || echo "not ok torn lam-alef: $n told"
	n=$(wc -l <torn.txt)
	[ "$n" -ge 200 ] && echo "ok $n places of the torn text are told" || echo "not ok $n places of the torn text are told"
else echo "skip no seed here"; fi
