#!/usr/bin/python3
"""dabir build --each: a handout for each row of a class list. Rows get their
names and an order of questions of their own; slices are the whole run's files;
what is wrong with a list is told before anything is written."""
import os
import re
import shutil
import subprocess

DABIR, TMP = os.environ["DABIR"], os.environ["TMP"]
TOP = os.getcwd()


def ok(what, good, *why):
    print(("ok " if good else "not ok ") + what)
    for line in why if not good else ():
        print("#", str(line)[:400])


def put(name, text):
    with open(os.path.join(TMP, name), "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode())


def run(*command):
    return subprocess.run(command, text=True, capture_output=True, cwd=TMP)


def build(*args):
    return run(DABIR, "build", "book.yaml", *args)


def files(folder):
    path = os.path.join(TMP, folder)
    return sorted(os.listdir(path)) if os.path.isdir(path) else []


def bytes_of(folder):
    return {f: open(os.path.join(TMP, folder, f), "rb").read()
            for f in files(folder)}


MARKS = re.compile("[\u200c\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def text(path):
    return MARKS.sub("", run("pdftotext", "-layout", path, "-").stdout)


put("book.yaml", """title: کتاب
lang: fa
manuscript: [a.md]
targets:
  sheet: {style: handout, each: .lesson, output: "{id}.pdf", default: true}
  key: {style: handout, each: .lesson, output: "{id}-key.pdf", answers: true}
  book: {style: booklet, output: book.pdf}
  web: {style: handout, each: .lesson, output: "{id}.html", format: html}
  imposed: {from: book, output: i.pdf, impose: {method: saddle, sheet: A4}}
""")
questions = "".join(
    f":::: {{.question .short}}\nپرسش {w}؟\n\n::: {{.answer}}\nپاسخ {w}.\n:::\n"
    "::::\n\n" for w in ("نان", "آب", "سنگ", "برف", "خاک", "باد"))
put("a.md", "# درس نخست {#one .lesson}\n\nمتن درس.\n\n::::: {.questions}\n\n" +
    questions + ":::::\n")
put("class.csv", "نام,كلاس,بذر\nمریم احمدی,هشتم,5\n\"Smith, John\",8b,6\n"
    "علی,هشتم,5\nژاله,نهم,\n")
ORDER = re.compile("پرسش (نان|آب|سنگ|برف|خاک|باد)")

done = build("--each", "class.csv", "-o", "all")
ok("a file a row", done.returncode == 0 and not done.stderr and
   files("all") == [f"one-{i}.pdf" for i in (1, 2, 3, 4)], done.stderr,
   files("all"))
said = [text(f"all/one-{i}.pdf") for i in (1, 2, 3, 4)]
ok("each with its name and class", "مریم احمدی" in said[0] and
   "هشتم" in said[0] and "Smith, John" in said[1] and "8b" in said[1] and
   "علی" in said[2] and "مریم" not in said[2] and "نهم" in said[3], *said)
orders = [ORDER.findall(s) for s in said]
ok("a seed is an order of the questions", orders[0] == orders[2] and
   orders[0] != orders[1] and all(len(set(o)) == 6 for o in orders), *orders)
ok("without one they are as written", orders[3] ==
   ["نان", "آب", "سنگ", "برف", "خاک", "باد"], orders[3])
done = build("--each", "class.csv", "-o", "all", "-t", "key")
key = ORDER.findall(text("all/one-key-1.pdf"))
answers = re.findall("پاسخ (نان|آب|سنگ|برف|خاک|باد)", text(
    "all/one-key-1.pdf"))
ok("the teacher's edition has the same order", key == orders[0] and
   answers == key, key, answers)
done = run("pdfinfo", "all/one-1.pdf")
ok("the title names the reader", re.search(r"Title: .*مریم احمدی",
                                           MARKS.sub("", done.stdout)))

# --- slices ------------------------------------------------------------------

whole = {f: b for f, b in bytes_of("all").items() if "key" not in f}
build("--each", "class.csv", "-o", "parts", "--rows", "3-7")
ok("a slice is its rows, as far as there are any", files("parts") == ["one-3.pdf", "one-4.pdf"])
build("--each", "class.csv", "-o", "parts", "--rows", "-2")
ok("slices have the bytes of the whole run", bytes_of("parts") == whole)
if shutil.which("parallel"):
    done = run("parallel", "--will-cite", "-j2", DABIR, "build", "book.yaml",
               "--each", "class.csv", "-o", "jobs", "--rows", ":::", "1-2",
               "3-4")
    ok("so have two jobs of GNU parallel", bytes_of("jobs") == whole,
       done.stderr)
else:
    print("skip GNU parallel is not there")
done = build("--each", "class.csv", "--rows", "2-3", "--list", "-o", "none")
lines = [x.split("\t") for x in done.stdout.splitlines()]
ok("--list names what would be written, and writes nothing",
   [x[1] for x in lines if x[0] == "output"] ==
   ["none/one-2.pdf", "none/one-3.pdf"] and not files("none"), done.stdout)
ok("and what is read", {"class.csv", "book.yaml", "a.md"} <=
   {os.path.normpath(x[1]) for x in lines if x[0] == "input"}, done.stdout)

# --- one for all -------------------------------------------------------------

done = build("--each", "class.csv", "-o", "one", "--joined")
ok("one file for all", files("one") == ["one-class.pdf"] and
   "4 readers" in done.stdout, files("one"), done.stdout)
joined = text("one/one-class.pdf")
ok("with every reader in it", all(
    n in joined for n in ("مریم احمدی", "Smith, John", "علی", "ژاله")))
pages = int(re.search(r"Pages:\s+(\d+)", run("pdfinfo", "one/one-class.pdf")
                      .stdout)[1])
ok("each on a sheet of its own", pages % 8 == 0, pages)
build("--each", "class.csv", "-o", "one", "--joined", "--rows", "2-3")
ok("a slice of it says so", "one-class-2-3.pdf" in files("one"), files("one"))
done = subprocess.run(["tests/lib/verapdf.sh", "ua1", f"{TMP}/one/one-class.pdf",
                       f"{TMP}/all/one-2.pdf"], text=True, capture_output=True)
ok("veraPDF: PDF/UA-1", done.returncode == 0, done.stdout)

# --- files of rows -----------------------------------------------------------

put("named.csv", "\ufeffNAME;File;note\r\nA;../x;1\r\nB;b;2\r\n".encode())
done = build("--each", "named.csv", "-o", "named")
ok("files named by a column stay in the folder", files("named") ==
   ["one--.-x.pdf", "one-b.pdf"], files("named"), done.stderr)
ok("a column of no use is told", "USE026" in done.stderr and
   done.returncode == 0, done.stderr)

# --- what is wrong -----------------------------------------------------------

os.makedirs(f"{TMP}/wrong")
put("wrong/one-1.pdf", "old")
for what, code, csv, more in (
        ("no column of names", "USE025", "class\n8\n", ()),
        ("another encoding", "USE009", "name\nمریم\n".encode("cp1256",
                                                            "replace"), ()),
        ("no rows", "USE024", "name,class\n", ()),
        ("nothing at all", "USE024", "", ()),
        ("a row too long", "USE022", "name\nA,B\n", ()),
        ("a quote that stays open", "USE021", 'name\nA\n"B\n', ()),
        ("a seed that is no number", "USE028", "name,seed\nA,1\nB,x\n", ()),
        ("two rows of one file", "USE029", "name,file\nA,x\nB,x\n", ()),
        ("rows that are not there", "USE030", "name\nA\n",
         ("--rows", "2-3")),
        ("rows that are no rows", "USE030", "name\nA\n", ("--rows", "0-1")),
        ("rows in words", "USE030", "name\nA\n", ("--rows", "a-b")),
        ("rows turned round", "USE030", "name\nA\nB\n", ("--rows", "2-1")),
        ("a selector without a match", "USE007", "name\nA\n",
         ("-t", "none")),
        ("a book", "USE031", "name\nA\n", ("-t", "book")),
        ("a proof", "USE033", "name\nA\n", ("--proof",)),
        ("HTML", "USE031", "name\nA\n", ("-t", "web")),
        ("sheets", "USE031", "name\nA\n", ("-t", "imposed"))):
    put("wrong.csv", csv)
    if more == ("-t", "none"):
        book = open(f"{TMP}/book.yaml", encoding="utf-8").read()
        put("book.yaml", book + '  none: {style: handout, each: .none, output: '
            '"{id}-none.pdf"}\n')
    done = build("--each", "wrong.csv", "-o", "wrong", *more)
    ok(f"{what}: status 2, nothing written", done.returncode == 2 and
       f"[{code}]" in done.stderr and files("wrong") == ["one-1.pdf"] and
       bytes_of("wrong")["one-1.pdf"] == b"old", done.returncode, done.stderr,
       files("wrong"))
done = build("--each", "none.csv", "-o", "wrong")
ok("a list that is not there", done.returncode == 2 and "USE002" in
   done.stderr)
done = build("--joined", "-o", "wrong")
ok("--joined without a list", done.returncode == 2 and "USE032" in
   done.stderr and files("wrong") == ["one-1.pdf"])
put("wrong.csv", "name,class\n,8\nA,8\n")
done = build("--each", "wrong.csv", "-o", "nameless")
ok("a row without a name is told and printed", done.returncode == 0 and
   "wrong.csv:2:1: warning" in done.stderr and len(files("nameless")) == 2,
   done.stderr)
