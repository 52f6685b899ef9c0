#!/usr/bin/env python3
"""Text lints line by line: what each must tell and where, what none may tell
of, and 100,000 words of a list, which are words."""
import os
import re
import subprocess

TMP, DABIR = os.environ["TMP"], os.environ["DABIR"]

# Codes with their columns, then the line. A paragraph a line.
TOLD = """
TXT005:5	سال 1917 بود.
TXT005:1 TXT005:8	12 نفر 3 بار.
TXT005:5	سال ١٩١٧ بود.
TXT005:5 TXT033:7	دست 50% شد.
TXT006:9	این متن .
TXT006:12	به نام خدا !
TXT006:7	و این ؟ چه.
TXT007:5	است.آن نیست.
TXT007:5	این،آن.
TXT032:4 TXT007:11	متن(توضیح)متن است.
TXT007:6	«نقل»متن است.
TXT032:4	متن«نقل» است.
TXT031:6	او می‌ رود.
TXT031:9	آن کتاب ‌ها.
TXT031:7	او می‌‌رود.
TXT031:4	متن‌.
TXT033:17	آیا این درست است?
TXT033:4 TXT033:10	بله, درست; است.
TXT033:3	۱۰,۰۰۰ نفر.
TXT033:3	۵۰% شد.
TXT030:1 TXT030:2	ﻻﺯ است.
TXT004:5	این كتاب است.
TXT004:5	که یكی.
TXT004:5	این ھم است.
TXT004:5	بچه ە است.
TXT009:4	آن کتابها است.
TXT009:4	از کتابهای او.
TXT009:4	من نمیدانم.
TXT009:4	من میخواستم.
TXT009:4	من میخوانم.
TXT009:1	بزرگ تر است.
TXT009:1	بزرگ ترین است.
TXT009:1	خانه ای است.
TXT009:1	گفته اند که.
TXT009:4	آن کتاب هایشان.
TXT010:4	از از این.
TXT010:5	است است.
TXT010:4	کم کم آمد.
TXT011:5	این اصطالح است.
TXT011:5	این اختالف است.
TXT011:5	این عالقه است.
TXT011:5	این مقاالت است.
TXT011:5	این باال است.
TXT008:1	“نقل است.
TXT008:1	‹نقل است.
TXT008:1	{نقل است.
TXT008:4	نقل» است.
TXT008:5	این (آن.
TXT016:6	این ( آن).
TXT013:4	این  آن.
"""

# No text lint may say anything of these.
CLEAN = """
حکیم ابوالقاسم فردوسی و ابوطالب و اسدالله و عطاالله و بهاالدین.
دارالفنون و بین‌المللی و بالاخره و اخترالسادات و امیرالمؤمنین و عبدالرحمان.
سالم و طالب و مثال و قبال و فعال و سال و احتمال و خیال و ایالت و مثلا و قبلا.
الف) نخست؛ ب) دوم؛ پ) سوم؛ ۱) چهارم؛ (الف) پنجم.
«نقل قولی که در بند بعد ادامه دارد.
«و باز گشوده می‌شود و پایان می‌یابد.»
«نقل قولی که بی گشودن دوباره ادامه دارد.
در بند دوم «درون» آن هم چیزی است و همین‌جا تمام شد.»
نسخهٔ HarfBuzz 6.0 و PDF/X-4 و ISO 9001 و ‪+98 21‬ و ISBN 978 600 و 3 GHz و C++11.
نشانی https://example.org/2017/1 است و پروندهٔ a.b.c و .bib هم.
ه.ش و ق.م و ج.ا.ا و ۱۲:۳۰ و ۱۴۰۳/۱۲/۳۰ و ۳٫۱۴ و ۱۰٬۰۰۰ و ۵۰٪.
کتاب(ها) و علی(ع) و «باسماچی»‌ها و «باسماچی»ها و PDF‌ها و ۱۰‌ها و مادهٔ ۱۲(الف).
تنها و انتها و اشتها و بها و رها و فقها و آنها و نیروها و راه‌ها و بی‌اشتها و گران‌بها.
میدان و میلاد و میانه و میدانی و میز و میراث و نمی‌دانم و میوه و میهن.
چشم تر و خشک و تر و زنده‌ای و دائرةالمعارف و خانهٔ ما و ۀ و مسئله و هیئت.
سه‌نقطه … و پایان... و «پرسش؟» و (پاسخ!) و این‌که: آری.
او گفت [چنین] و کتا[ب] و متن [۳] آمد.
"""


def said(text):
    path = os.path.join(TMP, "a.md")
    with open(path, "w", encoding="utf-8") as f:
        f.write("---\nlang: fa\n---\n\n" + text)
    err = subprocess.run([DABIR, "check", path], text=True,
                         capture_output=True).stderr
    return re.findall(r"a\.md:(\d+):(\d+): (\w+): .*\[(TXT\d+)\]", err)


def ok(what, good, note=""):
    print(("ok " if good else "not ok ") + what)
    if note and not good:
        print("# " + str(note))


rows = [x.split("\t") for x in TOLD.strip().split("\n")]
found = said("\n\n".join(text for _, text in rows) + "\n")
for n, (wanted, text) in enumerate(rows):
    got = [f"{code}:{col}" for line, col, _, code in found
           if int(line) == 5 + 2 * n and code != "TXT002"]
    ok(f"{wanted}: {text}", sorted(got) == sorted(wanted.split()), got)
levels = {text: level for n, (_, text) in enumerate(rows)
          for line, _, level, code in found
          if int(line) == 5 + 2 * n and code == "TXT010"}
ok("a doubled preposition is a warning, «کم کم» is only mentioned",
   levels == {"از از این.": "warning", "است است.": "warning",
              "کم کم آمد.": "info"}, levels)

lines = CLEAN.strip().split("\n")
found = said("\n\n".join(lines) + "\n")
for n, text in enumerate(lines):
    got = [f for f in found if int(f[0]) == 5 + 2 * n]
    ok("quiet: " + text, not got, got)

# --- where text stands ----------------------------------------------------------
found = said("""متن[^n].

[^n]: پانویس ، غلط.

    و بند دوم ، غلط.

| ستون ، یک | دو |
|---|---|
| یاخته ، یک | ۱ |

: شرح ، جدول {#tbl-x}

# سرصفحه ، غلط

[The end , 12]{lang=en} و `کد ، 12`.
""")
ok("notes, tables, captions, headings", [f[0] for f in found] ==
   ["7", "9", "11", "13", "15", "17"], found)
with open(os.path.join(TMP, "a.md"), "w", encoding="utf-8") as f:
    f.write("---\ntitle: این ، عنوان\nauthor: [نام ، یک, نام دو]\nlang: fa\n"
            "isbn: 978-600-119-660-7\nyear: 1404\n---\n\nمتن.\n")
err = subprocess.run([DABIR, "check", os.path.join(TMP, "a.md")], text=True,
                     capture_output=True).stderr
ok("the front matter", re.findall(r"a\.md:(\d+):\d+: .*\[(TXT\d+)\]", err) ==
   [("2", "TXT006"), ("3", "TXT006")], err)

# --- words -----------------------------------------------------------------------
if os.path.exists("words/files/fa.dic"):
    words = [x.split("/")[0].strip() for x in open("words/files/fa.dic",
                                                   encoding="utf-8")][1:]
    words = [w for w in words if re.fullmatch("[\u0621-\u06cc\u200c]+", w)]
    text = "\n\n".join("، ".join(words[i:i + 200]) + "." for i in
                       range(0, len(words), 200)) + "\n"
    found = said(text)
    torn = [f for f in found if f[3] == "TXT011"]
    # «اسالم» is a town, and «اسلام» far oftener.
    ok(f"{len(words)} words: none is torn but اسالم", len(torn) == 1, torn)
    zwnj = [f for f in found if f[3] == "TXT009"]
    ok("few want a ZWNJ", 20 < len(zwnj) < 80, len(zwnj))
    rest = [f for f in found if f[3] not in ("TXT009", "TXT011", "TXT002")]
    ok("nothing else is said of them", len(rest) <= 1, rest)
else:
    print("skip no word list")
