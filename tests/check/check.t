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

printf -- '---\nlang: fa\n---\n\n<!-- dabir: allow TXT010: a refrain -->\nآه آه.\n' >ex.md
"$DABIR" check ex.md --fail-on warning --format json >ex.json 2>/dev/null
st=$?
[ $st = 0 ] && grep -q '"excuse": "a refrain"' ex.json && echo "ok an excuse counts for nothing" ||
	{ echo "not ok an excuse counts for nothing"; echo "# $st"; sed 's/^/# /' ex.json; }
printf -- '---\nlang: fa\n---\n\nآه آه.\n' >w.md
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
	if grep -q 'LAY001' fa.msg && ! grep -qE 'line is|error:|warning:|(page|errors)' fa.msg
	then echo "ok $how: all of it is Persian"
	else echo "not ok $how: all of it is Persian"; sed 's/^/# /' fa.msg; fi
done
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
