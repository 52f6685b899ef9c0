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
