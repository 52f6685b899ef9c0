#!/bin/sh
# dabir watch: what starts a rebuild and what does not, one line each, the
# last PDF while a book is broken, and PDFs equal to a cold build's.
set -u
ok()   { echo "ok $1"; }
no()   { echo "not ok $1"; sed 's/^/# /' "$TMP/log" "$TMP/err"; }
cd "$TMP" || exit 1
: >log
"$DABIR" new book --kind booklet >/dev/null 2>err || no "a project to watch"
md=$(find book -name '*.md' | head -1)
bib=$(find book -name '*.bib' | head -1)
[ -n "$bib" ] || { bib=book/refs.bib; printf 'bibliography: [refs.bib]\n' >>book/book.yaml; : >"$bib"; }
sleep 0.2	# what was saved just before may be built twice
"$DABIR" watch book/book.yaml >log 2>err &
pid=$!
trap 'kill $pid 2>/dev/null' EXIT

# grown: wait until the log has more lines than $n, ten seconds at most, and
# let it settle; how many came is in $came.
n=0
grown() {
	i=0
	while [ "$(wc -l <log)" -le $n ] && [ $i -lt 200 ]; do
		sleep 0.05
		i=$((i + 1))
	done
	sleep 0.3
	came=$(($(wc -l <log) - n))
	n=$((n + came))
}
# same NAME: every PDF is a cold build's.
same() {
	rm -rf cold && "$DABIR" build book/book.yaml -o cold >/dev/null 2>&1
	for f in cold/*.pdf; do
		cmp -s "$f" "book/${f#cold/}" || { no "$1: equals a cold build"; return; }
	done
	ok "$1: equals a cold build"
}
# after NAME: one rebuild more, and the PDF of a cold build.
after() { grown; if [ $came = 1 ]; then ok "$1: one line"; else no "$1: one line, not $came"; fi; same "$1"; }

after "first build"
printf '\nواژه‌ای تازه در پایان.\n' >>"$md"
after "manuscript"
grep -q '^[0-9]* ms: [1-9][0-9]* of [0-9]* pages* changed; 0 errors' log &&
	ok "the line tells time, pages, messages" || no "the line tells time, pages, messages"
sed 's/تازه/نوتر/' "$md" >"$md.new" && mv "$md.new" "$md"
after "renamed into place"
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	printf '\nواژه %s.\n' $i >>"$md"
done
grown
[ $came -ge 1 ] && [ $came -le 5 ] && ok "a burst of saves is one" || no "a burst of saves is one, not $came"
same "burst"
# In place, of one size, and sooner than file times tell apart.
cp "$md" one && printf '\nیکم.\n' >>one
cp "$md" two && printf '\nدوم.\n' >>two
cat two >"$md"
grown
mkdir good && cp book/*.pdf good
lost=0
for i in 1 2 3 4 5 6 7 8 9 10; do
	cat one >"$md"; sleep 0.00$((i / 3))
	cat two >"$md"
	grown
	for f in good/*.pdf; do
		cmp -s "$f" "book/${f#good/}" || lost=$((lost + 1))
	done
done
[ $lost = 0 ] && ok "the later of two saves" || no "the later of two saves: $lost times the first"
printf '@book{k, title={ک}, author={ن}, year={1400}}\n' >>"$bib"
after "bibliography"
echo junk >book/.swap; echo junk >book/other.txt
sleep 0.3; [ "$(wc -l <log)" = $n ] && ok "other files start nothing" || no "other files start nothing"
cp book/book.yaml yaml.good
before=$(cat book/*.pdf | cksum)
printf 'title: [\n' >book/book.yaml
grown
grep -q 'the last PDF stands' log && ok "a broken book file is told" || no "a broken book file is told"
[ "$(cat book/*.pdf | cksum)" = "$before" ] && ok "the last PDF stands" || no "the last PDF stands"
mv "$md" away; sleep 0.2; mv away "$md"
cp yaml.good book/book.yaml
sleep 1; same "mended"
# The process that builds may die: while it waits, and another takes over.
worker=$(sed 's/ .*//' /proc/$pid/task/$pid/children)
kill -KILL "$worker"
printf '\nپس از مرگ.\n' >>"$md"
grown
grep -q 'broke off' log && ok "a death is told" || no "a death is told"
printf '\nو پس از آن.\n' >>"$md"
after "another worker"
kill -0 $pid && ok "still watching" || no "still watching"
kill -INT $pid; wait $pid
[ $? = 0 ] && ok "ends at an interrupt" || no "ends at an interrupt"
"$DABIR" watch none.yaml >log 2>err; [ $? = 2 ] && ok "no such book" || no "no such book"
