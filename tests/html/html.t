#!/bin/sh
# HTML targets: what a manuscript cannot do to a file, what a student does not
# get to see, pictures, and what is no target for HTML.
set -u

ok() { # WHAT, after a command
	if [ $? -eq 0 ]; then echo "ok $1"; else echo "not ok $1"; fi
}
said() { grep -qF "$1" "$TMP/said" || { sed 's/^/# /' "$TMP/said"; false; }; }
dump() { # manuscript on stdin; HTML and messages
	cat >"$TMP/it.md"
	"$DABIR" build "$TMP/it.md" --style "$PWD/styles/essay.yaml" \
	    --dump html >"$TMP/it.html" 2>"$TMP/said"
}
has() { grep -qF -- "$1" "$TMP/it.html" || { echo "# no $1"; false; }; }
sound() { /usr/bin/python3 tests/html/reader.py check "$1" >"$TMP/read" ||
    { sed 's/^/# /' "$TMP/read"; false; }; }
ln -s "$PWD/styles" "$PWD/fonts" "$TMP/"

# --- injection --------------------------------------------------------------

dump <<'END'
---
title: 'a"b</title><script>alert(1)</script>'
author: '"><img src=x onerror=alert(1)>'
description: '" onload="alert(1)'
lang: fa
---

# سرفصل <b>پررنگ</b> {#a"b'c<d>&amp; .x"y onclick="alert(1)" title="</h2>"}

بند [متن]{lang='en" onclick="alert(1)' dir='"><i>' .db-hidden .c"d}.

[پیوند](http://x.example/"><script>alert(1)</script> "a\"><b>")
![تصویر " onerror="alert(1)](none.png)

یادداشت[^"><i>] و <img src=x onerror=alert(1)> و &#60;i&#62; و `</code><i>`.

[^"><i>]: متن </li><script>alert(1)</script>.

::: {.timeline title='"><script>alert(1)</script>'}

<i>۱۹۱۶</i>
: </ol>

:::

| <th> | ب |
|---|---|
| </table> | ت |

: </caption><i> {#t"}

```js" onclick="alert(1)
</pre><script>alert(1)</script>
```

::: {.glossary title="</h2><i>"}

</dt>
: </dd>

:::
END
sound "$TMP/it.html"
ok "nothing in a manuscript becomes an element or an attribute"
! grep -qE '<(script|img|i|b)[ >]|[ "]on[a-z]+="' "$TMP/it.html"
ok "no script and no handler"
has '&lt;script&gt;alert(1)&lt;/script&gt;'
ok "it is printed as it stands"
! grep -q 'class="db-hidden' "$TMP/it.html"
ok "no class of ours for an author"

# The addresses that a page may link to, and those that it may not.
{
	printf -- '---\nlang: fa\ntitle: t\n---\n\n'
	for url in 'javascript:a' 'JaVaScRiPt:a' 'java&#9;script:a' \
	    '&#1;javascript:a' 'data:text/html,a' 'vbscript:a' \
	    '//evil.example/' '/\\evil.example/' '\\\\evil.example/' \
	    'file:///etc/passwd' 'about:blank' 'blob:a' 'x-y.z+1:a'; do
		printf '[بد](<%s>)\n\n' "$url"
	done
	for url in 'http://a.example/' 'HTTPS://a.example/' 'mailto:a@b.example' \
	    'a/b.html' '../c.html?x=1:2' '/d' '#t' './e:f'; do
		printf '[خوب](<%s>)\n\n' "$url"
	done
	printf 'نشانی {#t}\n\n# سرفصل {#t}\n'
} | dump
[ "$(grep -c MAN050 "$TMP/said")" = 13 ] &&
    [ "$(grep -c '<p>بد</p>' "$TMP/it.html")" = 13 ]
ok "thirteen addresses are told and printed as text"
[ "$(grep -c '<p><a href="[^"]*">خوب</a></p>' "$TMP/it.html")" = 8 ]
ok "eight are linked to"

# Deep and long: bounded, and in good time.
/usr/bin/python3 -c '
print("---\nlang: fa\ntitle: t\n---\n")
print("> " * 400 + "x\n")
print("".join("  " * i + "- a\n" for i in range(300)))
print("word " * 200000 + "\n")
print("۱-" * 100000 + "\n")
print("[" * 3000 + "a" + "](#b)" * 3000 + "\n")
print("".join("متن[^%d]\n\n[^%d]: یادداشت\n\n" % (i, i) for i in range(9000)))
' >"$TMP/long.md"
timeout 60 "$DABIR" build "$TMP/long.md" --dump html >"$TMP/it.html" \
    2>"$TMP/said"
[ $? -lt 2 ] && [ "$(grep -c 'role="doc-backlink"' "$TMP/it.html")" = 9000 ]
ok "what is deep or long is bounded"

# --- pictures ---------------------------------------------------------------

mkdir "$TMP/p"
/usr/bin/python3 tests/page/pictures.py "$TMP/p"
cp "$TMP/p/photo.jpg" "$TMP/p/a b.jpg"
/usr/bin/python3 tests/html/large.py "$TMP/p/large.png" 5000000
dump <<'END'
---
lang: fa
title: t
---

![الف](p/glass.png){width=30mm}

![ب](<p/a%20b.jpg>)

![پ](p/large.png)

![ت](/etc/passwd)

![ث](p/text.png)

![](p/bars.png){alt=""}
END
/usr/bin/python3 - "$TMP" <<'END'
import base64, re, sys
page = open(sys.argv[1] + "/it.html", encoding="utf-8").read()
got = re.findall(r'<img src="data:image/(\w+);base64,([^"]*)"([^>]*)>', page)
want = ["p/glass.png", "p/a b.jpg", "p/bars.png"]
good = len(got) == len(want)
for (kind, data, rest), name in zip(got, want):
    good &= base64.b64decode(data, validate=True) == open(
        sys.argv[1] + "/" + name, "rb").read()
    good &= kind == ("png" if name.endswith("png") else "jpeg")
good &= 'width="113" height="85" alt="الف"' in got[0][2]
good &= 'alt=""' in got[2][2]
sys.exit(not good)
END
ok "pictures are in the file, byte for byte, with their words"
said MAN051 && said MAN020 && said MAN017 && has '>پ</span>' &&
    has '>ت</span>' && has '>ث</span>'
ok "of those that are not, the words stand there"
sound "$TMP/it.html"
ok "and the file is sound"

# --- handouts ---------------------------------------------------------------

mkdir "$TMP/b"
cp manuscript/basmachi.md manuscript/references.bib "$TMP/b/"
ln -s "$PWD/styles" "$PWD/fonts" "$TMP/b/"
sed 's/^  handouts-web:.*/&\
  key: {style: handout, each: .phase, answers: true, format: html, output: "handouts\/{id}-key.html"}\
  none: {style: handout, each: .nothing, format: html, output: "none\/{id}.html"}\
  sheets: {from: web, output: sheets.pdf}/' manuscript/book.yaml \
    >"$TMP/b/book.yaml"
book="$TMP/b/book.yaml"
"$DABIR" build "$book" -o "$TMP/one" -q -t web -t handouts -t handouts-web \
    -t key 2>"$TMP/said"
[ $? -lt 2 ] && [ "$(ls "$TMP"/one/handouts/*.html | wc -l)" = 6 ]
ok "handouts are written, a section a file"
"$DABIR" build "$book" -o "$TMP/two" -q -j 1 -t key -t web -t handouts-web \
    2>"$TMP/said"
diff -r -x '*.pdf' "$TMP/one" "$TMP/two" >"$TMP/diff"
ok "the same bytes every time"

/usr/bin/python3 - manuscript/basmachi.md "$TMP/one/handouts" <<'END'
import re, subprocess, sys
source = open(sys.argv[1], encoding="utf-8").read()
bad = 0
def complain(*what):
    global bad
    bad += 1
    print("#", *what)
def read(name):
    page = open(f"{sys.argv[2]}/{name}.html", encoding="utf-8").read()
    page = page[page.index("<main>"):]
    text = re.sub(r"<[^>]*>", "", page[page.index("db-questions"):])
    return page, re.sub(r"\s+", " ", text)
for i in (1, 2, 3):
    part = re.search(r"#q-phase-%d\}(.*?)\n:::::\n" % i, source, re.S)[1]
    student, said = read(f"phase-{i}")
    teacher, told = read(f"phase-{i}-key")
    answers = [" ".join(a.split()) for a in re.findall(
        r"\{\.answer\}\n(.*?)\n:::", part, re.S)]
    blanks = re.findall(r"\[([^]]*)\]\{\.blank\}", part)
    if len(answers) < 5 or len(blanks) < 4:
        complain("phase", i, "has few answers")
    for a in answers:
        if a in said:
            complain("the student reads:", a)
        if a not in told:
            complain("the teacher does not read:", a)
    # A blank's words may stand in the text; in the blank they may not.
    for b in blanks:
        if f'db-filled">{b}<' in student:
            complain("the student's blank holds:", b)
        if f'db-filled">{b}<' not in teacher:
            complain("the teacher's does not:", b)
    if "db-filled" in student or student.count('class="db-blank"') < 10:
        complain("blanks of phase", i)
    # The letters of a match are those of the printed sheet.
    people = re.search(r"\{\.question \.match.*?\n\n(\|.*?)\n\n", part,
                       re.S)[1].split("\n")[2:]
    people = [p.split("|")[2].strip() for p in people]
    pdf = subprocess.run(["pdftotext", f"{sys.argv[2]}/phase-{i}.pdf", "-"],
                         capture_output=True, text=True).stdout
    pdf = re.sub(r"\s+", " ", pdf)
    pdf = re.sub(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", pdf)
    at = pdf.index("جور")
    on_paper = sorted(people, key=lambda p: pdf.index(p, at))
    here = re.search(r'db-fa-alpha-dot">\n(.*?)</ol>', student, re.S)[1]
    here = [p.strip() for p in re.findall(r"<li>(.*?)</li>", here)]
    if sorted(here) != sorted(people) or here == people:
        complain("match of phase", i)
    if here != on_paper:
        complain("on paper the letters of phase", i, "are for", on_paper)
    # Sources go by the numbers of the whole book.
    numbers = re.findall(r'<li value="(\d+)" id="ref-', student)
    cited = len(set(re.findall(r'href="#ref-([^"]*)"', student)))
    if not numbers or len(numbers) != cited or numbers == [
            str(k + 1) for k in range(len(numbers))]:
        complain("sources of phase", i, numbers)
    if not re.search(r"<caption[^>]*><strong>جدول\xa0[۳-۹]", student):
        complain("number of the table of phase", i)
sys.exit(bad > 0)
END
ok "answers are the teacher's alone; letters and numbers those on paper"
grep -q '<li aria-current="true"><strong>مرحله دوم' \
    "$TMP/one/handouts/phase-2.html" && grep -q 'class="db-gap"' \
    "$TMP/one/booklet.html" && grep -q '>فاصله: </span>' \
    "$TMP/one/booklet.html"
ok "the section's place on the whole span, and the gap, are told"

"$DABIR" build "$book" -o "$TMP/three" -t none >/dev/null 2>"$TMP/said"
[ $? = 2 ] && [ ! -e "$TMP/three" ] && said USE007
ok "no section matches: status 2, nothing written"

# --- sheets, files ----------------------------------------------------------

"$DABIR" build "$book" -o "$TMP/three" -t sheets >/dev/null 2>"$TMP/said"
[ $? = 2 ] && [ ! -e "$TMP/three" ] && said IMP006
ok "sheets of HTML: status 2, nothing written"
"$DABIR" impose "$book" -o "$TMP/three" -t web >/dev/null 2>"$TMP/said"
[ $? = 2 ] && [ ! -e "$TMP/three/booklet.html" ] && said IMP006
ok "imposing HTML: status 2, nothing written"
mkdir -p "$TMP/four/booklet.html"
"$DABIR" build "$book" -o "$TMP/four" -t web >/dev/null 2>"$TMP/said"
[ $? = 2 ] && said USE004 && [ -d "$TMP/four/booklet.html" ]
ok "a file that cannot be written: status 2"

# --- watch ------------------------------------------------------------------

"$DABIR" watch "$book" -o "$TMP/five" -t web -q >"$TMP/log" 2>"$TMP/said" &
pid=$!
wait_for() { # LINES
	i=0
	while [ "$(wc -l <"$TMP/log")" -lt "$1" ] && [ $i -lt 200 ]; do
		sleep 0.05
		i=$((i + 1))
	done
}
wait_for 1
sleep 0.3
n=$(wc -l <"$TMP/log")
printf '\nواژه‌ای تازه.\n' >>"$TMP/b/basmachi.md"
wait_for $((n + 1))
sleep 0.3
kill $pid
wait $pid 2>/dev/null
grep -q '1 of 1 page changed' "$TMP/log" &&
    grep -q 'واژه‌ای تازه' "$TMP/five/booklet.html"
ok "watch writes it again at a save"
"$DABIR" build "$book" -o "$TMP/six" -q -t web 2>"$TMP/said"
cmp -s "$TMP/five/booklet.html" "$TMP/six/booklet.html"
ok "as a build from nothing does"
