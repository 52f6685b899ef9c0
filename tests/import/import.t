#!/bin/sh
# dabir import on the command line: what it refuses, what it writes, in both
# languages, and that it never touches what is there.
set -u

ok() { # WHAT, after a command
	if [ $? -eq 0 ]; then echo "ok $1"; else
		echo "not ok $1"
		sed 's/^/# /' "$TMP/out" "$TMP/err"
	fi
}
run() { "$DABIR" import "$@" >"$TMP/out" 2>"$TMP/err"; }
status() { want=$1; shift; run "$@"; [ $? -eq "$want" ]; }
said() { grep -qF -- "$1" "$TMP/out" "$TMP/err"; }

printf 'كتاب هاي خوب )نيک( است.\n' >"$TMP/a.txt"
cp "$TMP/a.txt" "$TMP/kept"

status 2 "$TMP/none.txt" && said "no such file"
ok "a missing file"
printf '\303\307\341\n' >"$TMP/cp1256.txt"
status 2 "$TMP/cp1256.txt" && said "is not UTF-8" &&
    [ ! -e "$TMP/cp1256-draft.md" ]
ok "another encoding, and nothing is written"
status 2 "$TMP/cp1256.txt" --lang fa && said "نمی‌خواند"
ok "said in Persian"

printf 'او در آن روز این کتاب را به دست آورد. این دست آورد بود.\n' >"$TMP/d.txt"
if [ -e words/files/fa.dic ]; then
	run "$TMP/d.txt" -o "$TMP/d.md" && grep -q 'به دست آورد\|به دست آورد<!--' "$TMP/d.md" &&
	    grep -q 'zwnj-compound?' "$TMP/out"
	ok "a noun after a preposition is no part of the verb"
	[ "$(grep -c '?	' "$TMP/out")" = "$(grep -o '<!-- [a-z-]*? ' "$TMP/d.md" | wc -l)" ]
	ok "what is doubtful is marked, all of it"
else
	echo "skip no word list"
fi

run "$TMP/a.txt" --no-words
ok "a draft without a word list"
grep -q '^کتاب‌های خوب (نیک) است\.$' "$TMP/a-draft.md"
ok "letters, ZWNJ and brackets are mended"
grep -q "^$TMP/a.txt:1:1	kaf	\"ك\"	\"ک\"	0-2$" "$TMP/out"
ok "each repair has its place and rule"
cmp -s "$TMP/a.txt" "$TMP/kept"
ok "the source is as it was"

status 2 "$TMP/a.txt" && said "is there already"
ok "an output that exists is refused"
status 2 "$TMP/a.txt" -o "$TMP/a.txt" && cmp -s "$TMP/a.txt" "$TMP/kept"
ok "the source is refused as output"
ln -s a.txt "$TMP/link.md"
status 2 "$TMP/a.txt" -o "$TMP/link.md" && cmp -s "$TMP/a.txt" "$TMP/kept"
ok "and by another name"
status 2 "$TMP/a.txt" -o "$TMP/b.md" --list "$TMP/a.txt" &&
    cmp -s "$TMP/a.txt" "$TMP/kept" && [ ! -e "$TMP/b.md" ]
ok "and as list"
status 2 "$TMP/a.txt" -o "$TMP/c.md" --list "$TMP/c.md" && [ ! -e "$TMP/c.md" ]
ok "draft and list are two files"
status 2 "$TMP/a.txt" -o "$TMP/b.md" --words "$TMP/none.dic" &&
    [ ! -e "$TMP/b.md" ]
ok "a word list that is not there"
status 2
ok "no file at all"
run "$TMP/a.txt" -o "$TMP/b.md" --list "$TMP/b.tsv" --lang fa &&
    [ -s "$TMP/b.tsv" ] && [ ! -s "$TMP/out" ] && said "اصلاح"
ok "the list in a file, the count in Persian"
rm "$TMP/b.md" "$TMP/b.tsv"
LC_ALL=fa_IR.UTF-8 run "$TMP/a.txt" -o "$TMP/b.md" --no-words && said "اصلاح"
ok "and in the language of the locale"

: >"$TMP/empty.txt"
run "$TMP/empty.txt" && [ -e "$TMP/empty-draft.md" ]
ok "an empty file"

if command -v pdftotext >/dev/null && [ -e "$B/booklet.pdf" ]; then
	run "$B/booklet.pdf" -o "$TMP/book.md" --list "$TMP/book.tsv" &&
	    grep -q باسماچی "$TMP/book.md"
	ok "a PDF through pdftotext"
	[ "$(cut -d: -f2 "$TMP/book.tsv" | sort | uniq -c | sort -rn |
	    awk 'NR == 1 { print $1 }')" -lt 40 ] && awk -F'\t' '
		$2 == "control" { split($1, at, ":"); n[at[2]]++ }
		END { for (i in n) if (n[i] > 1) exit 1 }' "$TMP/book.tsv"
	ok "marks of direction are listed once a line"
	grep -q '	control	"U+202B ×' "$TMP/book.tsv" ||
	    grep -q '	control	"U+202B U+' "$TMP/book.tsv"
	ok "and by their numbers"
	[ "$(grep -c '^نگاهی به جنبش$' "$TMP/book.md")" = 2 ]
	ok "of a running head only the heading is left, and the contents"
	python3 tests/import/paragraphs.py manuscript/basmachi.md \
	    "$TMP/book.md" >"$TMP/err"
	ok "paragraphs end where the book's do: $(cat "$TMP/err")"
	printf '%%PDF-1.7\n' >"$TMP/broken.pdf"
	status 2 "$TMP/broken.pdf" && [ ! -e "$TMP/broken-draft.md" ]
	ok "a broken PDF"
else
	echo "skip no pdftotext, or no booklet"
fi
