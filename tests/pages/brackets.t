#!/usr/bin/env python3
"""Latin text in Persian lines that ends in a bracket, a plus or a full stop
keeps it: in the middle of a line, at its end, after it, in a list of
references. poppler and MuPDF give every line as it was written; PDFium, which
turns the words of such text round whatever is done, loses no letter."""
import os
import subprocess

tmp, dabir = os.environ["TMP"], os.environ["DABIR"]
CONTROLS = dict.fromkeys([0x200E, 0x200F, 0x061C,
                          *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
LINES = """\
نام این کشور (USSR) در آن سال‌ها بر همه جا بود.
این کشور را در آن سال‌ها چنین نامیدند: (USSR)
این کشور را در آن سال‌ها چنین نامیدند: (USSR).
(USSR) نام کشوری بود که دیگر نیست.
زبان این برنامه C++.
زبان این برنامه C++ است و نه چیز دیگر.
نوشت «USSR» و «C++» و رفت و باز آمد.
آن را در کتاب خود نوشته است Lenin (1920).
در کتاب Lenin (1920). چنین آمده است که جنگ پایان یافت.
Lenin (1920). در کتاب خود چنین نوشت و رفت.
در کتاب Lenin (1920) چنین آمده است که جنگ پایان یافت.
او از e.g. و i.e. سخن گفت و از U.S.A. هم.
نشانی آن example.com/a/b. است و بس.
نام او Smith, J. (ed.) بود و از دوستان من.
نام دیگر او (Smith, J. [ed.]) بود و از دوستان من.
آن را f(x) می‌نامند و این را f(x).
در صفحه‌های pp. 12–34. آمده است و در pp. 56–78 هم.
زمانی (۱۳۹۵، ۵۹–۶۰). جنبش باسماچیان (Basmachi). تهران: نشر نی.
چالیشکان، آرمان (۱۳۹۹). ترجمهٔ Revolt (Vol. 2). تهران: نشر نی، صص ۱۲–۳۴.
""".splitlines()


def tell(reader, text, missing):
    print(f"{'not ok' if missing else 'ok'} {reader}: {text}")
    for s in missing:
        print("#  ", s)


def read(*command):
    out = subprocess.run(command, capture_output=True, text=True).stdout
    return [" ".join(s.split()) for s in out.translate(CONTROLS).splitlines()]


def letters(text):
    return sorted(c for c in text if c.isalnum())


def main():
    md = os.path.join(tmp, "brackets.md")
    with open(md, "w", encoding="utf-8") as f:
        f.write("---\nlang: fa\n---\n\n" + "\n\n".join(LINES) + "\n")
    style = os.path.join(tmp, "brackets.yaml")
    with open(style, "w") as f:
        f.write("inherit: base\npage: {width: 170mm}\n")
    subprocess.run([dabir, "build", md, "-o", tmp, "-q", "--style", style],
                   check=True)
    pdf = os.path.join(tmp, "brackets.pdf")
    for reader, command in (("poppler", ("pdftotext", pdf, "-")),
                            ("MuPDF", ("node", "tests/lib/extract.mjs",
                                       "mupdf", pdf))):
        got = read(*command)
        tell(reader, f"{len(LINES)} lines as they were written",
             [s for s in LINES if s not in got])
    got = "".join(read("node", "tests/lib/extract.mjs", "pdfium", pdf))
    tell("PDFium", "all letters", [] if letters(got) == letters(
        "".join(LINES) + "۱") else [got])


main()
