#!/bin/sh
# Builds broken off: the last good PDF stays whole, SIGINT leaves nothing
# beside it. tests/cmd/kill.py alone does 200 and more.
set -u

ok() { # WHAT, after a command
	if [ $? -eq 0 ]; then echo "ok $1"; else echo "not ok $1"; fi
}
book=manuscript/book.yaml
command -v qpdf >/dev/null || { echo "skip no qpdf"; exit 0; }

for sig in KILL INT; do
	mkdir "$TMP/$sig"
	/usr/bin/python3 tests/cmd/kill.py "$DABIR" $book "$TMP/$sig" 15 $sig
	ok "builds ended by SIG$sig leave a whole PDF"
done

# Two at once into one folder.
mkdir "$TMP/two"
"$DABIR" build $book -t screen -o "$TMP/two" --quiet >"$TMP/one" 2>&1 &
"$DABIR" build $book -t screen -o "$TMP/two" --quiet >"$TMP/other" 2>&1
wait
qpdf --check "$TMP/two/booklet.pdf" >/dev/null 2>&1 &&
    [ -z "$(find "$TMP/two" -name '.dabir-*')" ]
ok "two builds at once leave one whole PDF"

# No room for the file: the old one stays, and the reason is told.
cp "$TMP/two/booklet.pdf" "$TMP/before.pdf"
(trap '' XFSZ; ulimit -f 16
exec "$DABIR" build $book -t screen -o "$TMP/two" >"$TMP/full" 2>&1)
[ $? -ne 0 ] && cmp -s "$TMP/two/booklet.pdf" "$TMP/before.pdf" &&
    [ -z "$(find "$TMP/two" -name '.dabir-*')" ] && [ -s "$TMP/full" ]
ok "a disk without room leaves the old PDF and says so"

# What a build killed days ago left is taken away, what is another's is not.
: >"$TMP/two/.dabir-999999999-0.tmp"; : >"$TMP/two/.dabir-999999998-0.tmp"
: >"$TMP/two/.dabir-$$-0.tmp"
touch -d '3 days ago' "$TMP/two/.dabir-999999999-0.tmp" "$TMP/two/.dabir-$$-0.tmp"
"$DABIR" build $book -t screen -o "$TMP/two" --quiet >/dev/null 2>&1
[ ! -e "$TMP/two/.dabir-999999999-0.tmp" ] &&
    [ -e "$TMP/two/.dabir-999999998-0.tmp" ] &&
    [ -e "$TMP/two/.dabir-$$-0.tmp" ]
ok "files left by dead builds are removed after a day"
rm -f "$TMP"/two/.dabir-*

# Memory that runs out at one place and another: a word, and the old PDF.
if "$DABIR" --version 2>/dev/null | grep -q . && (ulimit -v 200000
    "$DABIR" --version >/dev/null 2>&1); then
	broken=0; short=0
	for kib in 60000 64000 68000 72000 76000 80000 84000 88000 92000; do
		(ulimit -v $kib; "$DABIR" build $book -t screen -o "$TMP/two" \
		    --quiet >/dev/null 2>"$TMP/short")
		status=$?
		if [ $status -ne 0 ] && [ $status -ne 1 ]; then
			short=$((short + 1))
			[ $status = 2 ] || [ $status = 127 ] || broken=1
		fi
		qpdf --check "$TMP/two/booklet.pdf" >/dev/null 2>&1 || broken=1
		[ -z "$(find "$TMP/two" -name '.dabir-*')" ] || broken=1
	done
	[ $broken = 0 ]
	ok "no memory ($short times): the old PDF, and nothing beside it"
fi
