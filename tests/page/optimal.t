#!/bin/sh
# Optimal against greedy page breaking on ten cut points of the manuscript:
# never a higher cost, and no widow or orphan where greedy leaves some.
set -u
total=0 better=0 stranded=0 left=0
for n in 40 90 140 190 240 290 340 400 460 520; do
	head -n $n manuscript/basmachi.md >"$TMP/cut.md"
	# a cut may open a fence that nothing closes: only the pages count here
	"$DABIR" build "$TMP/cut.md" --style styles/booklet.yaml --dump page \
	    >"$TMP/best" 2>"$TMP/best.msg"
	"$DABIR" build "$TMP/cut.md" --style styles/booklet.yaml --dump page \
	    --greedy-pages >"$TMP/greedy" 2>"$TMP/greedy.msg"
	b=$(sed -n '1s/.*cost //p' "$TMP/best") g=$(sed -n '1s/.*cost //p' "$TMP/greedy")
	wb=$(grep -c -e LAY004 -e LAY005 -e LAY006 "$TMP/best.msg")
	wg=$(grep -c -e LAY004 -e LAY005 -e LAY006 "$TMP/greedy.msg")
	echo "# $n lines: cost $b, greedy $g; stranded lines $wb, greedy $wg"
	total=$((total + 1)) stranded=$((stranded + wb)) left=$((left + wg))
	[ "$b" -le "$g" ] && better=$((better + 1))
done
[ $better = $total ] && echo "ok never dearer than greedy" || echo "not ok never dearer than greedy"
[ $stranded = 0 ] && echo "ok no widow, orphan or heading at the foot" ||
	echo "not ok no widow, orphan or heading at the foot"
[ $left -gt 0 ] && echo "ok greedy leaves some ($left)" || echo "not ok greedy leaves some"
