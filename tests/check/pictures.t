#!/bin/sh
# dabir check --diff-images: pictures of the pages that changed, and of no
# others; an output that lies elsewhere is never written over.
set -u
cd "$TMP" || exit
ok() { if [ $? -eq 0 ]; then echo "ok $1"; else echo "not ok $1"; fi; }
mkdir -p out
cat >book.yaml <<END
title: ک
lang: fa
manuscript: [a.md]
targets:
  screen: {style: essay, output: "$PWD/out/book.pdf", default: true}
END
page() { printf 'صفحهٔ %s است.\n\n::: {.page-break}\n:::\n\n' "$1"; }
{ page یک; page دو; page سه; } >a.md
echo mine >out/book.pdf
"$DABIR" check book.yaml --write-baseline l.json --diff-images d 2>said
[ -n "$(find d/old -name '*book.pdf')" ] && [ "$(cat out/book.pdf)" = mine ]
ok "the baseline's pages are kept, and nothing else touched"
"$DABIR" check book.yaml --baseline l.json --diff-images d 2>said
[ -z "$(find d -name '*.png')" ] && grep -q None d/index.html
ok "no change, no picture"
{ page یک; page "دو و نیم"; page سه; } >a.md
"$DABIR" check book.yaml --baseline l.json --diff-images d >table 2>said
old=$(find d -name '*-2-old.png') new=$(find d -name '*-2-new.png')
[ -n "$old" ] && [ -n "$new" ] && [ "$(find d -name '*.png' | wc -l)" = 2 ] &&
    ! cmp -s "$old" "$new"
ok "the changed page, old and new"
grep -q 'page 2' d/index.html && ! grep -q 'page [13]<' d/index.html &&
    grep -q 'class="both"' d/index.html
ok "side by side and over one another"
"$DABIR" check book.yaml --baseline l.json --write-baseline l.json \
    --diff-images d >table 2>said
rm -f d/*.png
"$DABIR" check book.yaml --baseline l.json --diff-images d >table 2>said
[ -z "$(find d -name '*.png')" ] && [ -z "$(find d -name '*.new')" ]
ok "a new baseline has the new pages"
"$DABIR" check book.yaml --diff-images d 2>said
[ $? = 2 ] && grep -q USE006 said
ok "without a baseline it is wrong usage"
