#!/bin/sh
# The booklet in each of the three styles: every citation resolved and
# linked, the three entries that nothing cites reported, and the same bytes
# whether the list is read from the .bib or from CSL-JSON.
set -u

verdict() { # WHAT, after a command
	if [ $? -eq 0 ]; then echo "ok $1"; else echo "not ok $1"; fi
}

ln -s "$PWD/styles" "$PWD/fonts" "$TMP/"
cp manuscript/*.md manuscript/references.bib tests/cite/references.json "$TMP/"

for style in author-date numeric footnote; do
	sed "s/^citations:.*/citations: $style-fa/" manuscript/book.yaml \
	    >"$TMP/bib.yaml"
	sed 's/references\.bib/references.json/' "$TMP/bib.yaml" \
	    >"$TMP/csl.yaml"
	for from in bib csl; do
		"$DABIR" build "$TMP/$from.yaml" -t screen \
		    -o "$TMP/$style-$from" >"$TMP/out" 2>"$TMP/said"
		verdict "$style: built from $from"
		[ "$(grep -c '\[BIB001\]' "$TMP/said")" -eq 0 ]
		verdict "$style: every key of $from is known"
		"$DABIR" check "$TMP/$from.yaml" -t screen >"$TMP/said" 2>&1
		[ "$(sed -n 's/.*entry “\(.*\)” is never cited.*/\1/p' \
		    "$TMP/said" | tr '\n' ' ')" = \
		    "طوغان۱۳۷۵ طوغان۱۳۸۷ فریزر۱۳۹۴ " ]
		verdict "$style: entries 6, 7 and 10 of $from are never cited"
	done
	cmp "$TMP/$style-bib/booklet.pdf" "$TMP/$style-csl/booklet.pdf" >&2
	verdict "$style: .bib and CSL-JSON give the same bytes"

	# A citation's line is followed by its children, one level deeper.
	"$DABIR" build "$TMP/bib.yaml" -t screen -o "$TMP/dump" --dump doc \
	    >"$TMP/doc" 2>/dev/null
	awk '
	{ match($0, /^ */); depth = RLENGTH }
	in_cite && depth <= cite_depth { in_cite = 0 }
	$1 == "cite" { n++; in_cite = 1; cite_depth = depth; next }
	in_cite && $1 == "note-ref" { linked++ }
	in_cite && $1 == "link" && /url="#ref-/ { linked++ }
	END { exit !(n == 21 && linked == 21) }' "$TMP/doc"
	verdict "$style: 21 citations, each of them linked"
	# Where they lead is there.
	sed -n 's/.*url="#\(ref-[^"]*\)".*/\1/p' "$TMP/doc" | sort -u |
	    while read -r id; do
		grep -q "ref-entry .*#$id\( \|\$\)" "$TMP/doc" || echo "$id"
	done >"$TMP/lost"
	[ ! -s "$TMP/lost" ]
	verdict "$style: every link leads to its entry"
	[ "$(grep -c '^ *ref-entry' "$TMP/doc")" -eq 10 ]
	verdict "$style: ten entries"
done

# The list word for word, numbers and punctuation included.
if [ -n "${SHARED:-}" ] && [ -r "$SHARED/seed/source-clean.txt" ]; then
	"$DABIR" build manuscript/book.yaml -t screen -o "$TMP/dump" \
	    --dump doc 2>/dev/null |
	    awk '/^ *ref-entry/ { match($0, /marker="[^"]*"/)
			m = substr($0, RSTART + 8, RLENGTH - 9)
			getline; sub(/^ *text [0-9:]* *"/, ""); sub(/"$/, "")
			print m " " $0 }' |
	    sed "s/\\\\u{200C}/$(printf '\342\200\214')/g" >"$TMP/list"
	sed '1,/^منابع$/d' "$SHARED/seed/source-clean.txt" |
	    diff - "$TMP/list" >&2
	verdict "the list reads as in the source"
else
	echo "skip the list reads as in the source: no ../shared"
fi
