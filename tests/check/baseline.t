#!/bin/sh
# dabir check --baseline: one sentence more in the middle of the booklet; the
# pages the report names are those whose display list differs, and no others.
set -u
top=$PWD
cp -r "$top/manuscript" "$TMP/old" && cp -r "$top/manuscript" "$TMP/new"
cp -r "$top/styles" "$TMP/styles"; ln -s "$top/fonts" "$TMP/fonts"
cd "$TMP" || exit 1
said() { if [ "$1" = 0 ]; then echo "ok $2"; else echo "not ok $2"; fi; }
python3 - <<'P'
p = "new/basmachi.md"
t = open(p, encoding="utf-8").read().split("\n")
# A paragraph of the flow in the middle; answers, further on, are not printed.
i = min((i for i, l in enumerate(t) if len(l) > 200 and l[0].isalpha()),
        key=lambda i: abs(i - len(t) // 2))
t[i] += " این جمله افزوده شد تا دیده شود که پس از ویرایش کدام صفحه‌ها جابه‌جا می‌شوند."
open(p, "w", encoding="utf-8").write("\n".join(t))
P
"$DABIR" check old/book.yaml --write-baseline l.json >/dev/null 2>&1
"$DABIR" check old/book.yaml --baseline l.json --frozen >same 2>/dev/null
said $? "the same book passes --frozen"
! grep -q '^page	' same; said $? "and names no page"
"$DABIR" check new/book.yaml --baseline l.json >differs 2>/dev/null
"$DABIR" build old/book.yaml --dump page >old.dump 2>/dev/null
"$DABIR" build new/book.yaml --dump page >new.dump 2>/dev/null
python3 - <<'P'
import re
def pages(f):
    out = []
    for l in open(f, encoding="utf-8"):
        if l.startswith("page "):
            out.append([])
        if out and (l.startswith("page ") or l.startswith(" ")):
            # elements are numbered through the book: no matter of a page
            out[-1].append(re.sub(r"(?:elem[ =]|#|e)\d+", "", l))
    return out
a, b = pages("old.dump"), pages("new.dump")
want = {i + 1 for i in range(max(len(a), len(b)))
        if i >= len(a) or i >= len(b) or a[i] != b[i]}
got = {int(l.split("\t")[1]) for l in open("differs", encoding="utf-8")
       if l.startswith("page\t")}
print("#", len(a), len(b), "pages; dumps differ on", sorted(want), "named", sorted(got))
print("ok" if want and want == got else "not ok", "exactly the pages that moved are named")
P
grep -q '	edited$' differs; said $? "the edited page is told from the moved"
"$DABIR" check old/book.yaml --frozen >/dev/null 2>err; [ $? = 2 ] && grep -q USE006 err
said $? "--frozen needs a baseline"
sed 's/HarfBuzz [0-9.]*/HarfBuzz 0.1/' l.json >other.json
"$DABIR" check old/book.yaml --baseline other.json >/dev/null 2>err; [ $? = 2 ] && grep -q 'HarfBuzz 0.1' err
said $? "another HarfBuzz is refused by name"
"$DABIR" check old/book.yaml --write-baseline none/l.json >/dev/null 2>err; [ $? = 2 ] && grep -q USE004 err
said $? "a folder that is not there"
