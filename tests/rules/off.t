#!/bin/sh
# Every rule of a paragraph has a fixture: NAME.md set by NAME.on.yaml gives
# NAME.para.dump (a golden test of its own), and NAME.off.yaml is the same
# style with that one rule switched off or changed. Here: the dump must then
# be another, or the fixture would not show its rule at all.
cd tests/rules || exit 1
n=0
for off in *.off.yaml; do
	name=${off%.off.yaml}
	n=$((n + 1))
	"$DABIR" build "$name.md" --style "./$off" --dump para \
	    >"$TMP/$name.dump" 2>"$TMP/$name.said"
	# 1: a line juts out, which is what some rules are there against.
	if [ $? -gt 1 ]; then
		echo "not ok $name: the style without the rule does not build"
		sed 's/^/# /' "$TMP/$name.said"
	elif [ ! -s "$name.para.dump" ]; then
		echo "not ok $name: there is no dump with the rule"
	elif cmp -s "$name.para.dump" "$TMP/$name.dump"; then
		echo "not ok $name: nothing changes without the rule"
	else
		echo "ok $name: changes without the rule"
	fi
done
[ "$n" -gt 20 ] || echo "not ok only $n rules have a fixture"
