#!/usr/bin/env python3
"""run.py DABIR BUILD_DIR - the real build and books of up to 127 times its
length: wall seconds, peak memory, pages, bytes, as medians; then the whole
build to its shaping and deflating, what tags cost in time and bytes
(tagging.py), and the time of `dabir watch` (watching.py). But for these two,
no cache that outlives a paragraph is used (--no-word-cache).

Figures are measured, never judged: this machine may be noisy.
"""
import os
import re
import statistics
import subprocess
import sys

from tagging import tagging
from tools import (AMIRI, HERE, ROOT, cost, make_book, measure, pages_of,
                   real_book, rooms)
from watching import watching


def against_shaping(dabir, out):
    """The whole build to its shaping and deflating alone, in one program; these
    are summed over threads, so that with two the clock may be below them."""
    print("\nwhole build to shaping and deflating alone:")
    for name, book, runs, more in (
            ("booklet", "x1", 31, ["-j1"]),
            ("booklet, two threads", "x1", 31, ["-j2"]),
            ("1,200 pages", "x51", 5, ["-j1"]),
            ("1,200 pages in Amiri", "x51", 5, ["-j1"] + AMIRI)):
        command = [dabir, "build", os.path.join(out, book, "book.yaml"), "-o",
                   out, "-t", "plain", "--no-word-cache"] + more
        seen = [rooms(command) for _ in range(runs)]
        alone = [ms["shape"] + ms["deflate"] for ms in seen]
        total = [sum(ms[k] for k in ("read", "style", "page", "pdf"))
                 for ms in seen]
        ratio = statistics.median(t / a for t, a in zip(total, alone))
        print(f"{name:<28}{statistics.median(total):>8.1f} ms to "
              f"{statistics.median(alone):>7.1f} ms: {ratio:.2f}", flush=True)


def shares(dabir, book, out):
    """Where one thread's time goes, by the program's own clock."""
    ms = rooms([dabir, "build", book, "-o", out, "-t", "plain", "-j1"])
    total = sum(ms.get(k, 0) for k in ("read", "style", "page", "pdf"))
    print("\nshare of the time: " + ", ".join(
        f"{name} {100 * ms.get(key, 0) / total:.0f}%" for name, key in (
            ("reading", "read"), ("shaping", "shape"), ("breaking", "para"),
            ("layout in all", "page"), ("writing", "pdf"))))


def one_paragraph(dabir, manuscript, out):
    """A single paragraph, longer and longer: time and memory per word."""
    with open(manuscript, encoding="utf-8") as f:
        words = re.findall(r"[\u0620-\u06cc\u200c]+[.،؛]?", f.read())
    print(f"\n{'one paragraph, words':<28}{'shape ms':>9}{'break ms':>9}"
          f"{'us/word':>9}{'MiB':>8}{'bytes/word':>11}")
    for n in (25000, 50000, 100000):
        name = os.path.join(out, f"paragraph{n}.md")
        with open(name, "w", encoding="utf-8") as f:
            f.write("---\nlang: fa\n---\n\n" +
                    " ".join((words * (n // len(words) + 1))[:n]) + "\n")
        command = [dabir, "build", name, "-o", out, "-q", "-j1", "--timings",
                   "--style", "booklet"]
        done = subprocess.run(command, capture_output=True, text=True)
        ms = []
        for key in ("shape", "para"):
            m = re.search(rf"(?m)^{key} +([\d.]+) ms", done.stderr)
            if m is None:
                sys.exit("no time of " + key + ": " + done.stderr)
            ms.append(float(m[1]))
        shape, para = ms
        _, peak, _ = cost(command)
        print(f"{n:<28}{shape:>9.0f}{para:>9.0f}{1e3 * para / n:>9.2f}"
              f"{peak / 1024:>8.1f}{1024 * peak / n:>11.0f}", flush=True)


def imposing(dabir, book, out):
    """CPU time of the pages alone, and of the pages with their sheets."""
    def of(*targets):
        return statistics.median(cost([dabir, "build", book, "-o", out, "-q",
                                       "-j1", *targets])[2]
                                 for _ in range(9))
    pages = of("-t", "screen")
    both = of("-t", "screen", "-t", "imposed")
    print(f"\nimposing the booklet: pages {1e3 * pages:.1f} ms, "
          f"pages and sheets {1e3 * both:.1f} ms: "
          f"{100 * (both / pages - 1):+.0f}%")


def bibliography(path, entries):
    """So many entries of all sorts, Persian and Latin, as a .bib."""
    with open(path, "w", encoding="utf-8") as f:
        for i in range(entries):
            if i % 4 == 3:
                f.write(f"@book{{key{i}, author={{Writer{i % 900}, Jane}}, "
                        f"title={{A Book of {i}}}, publisher={{Press}}, "
                        f"address={{London}}, year={1900 + i % 120}}}\n")
            else:
                f.write(f"@article{{key{i}, author={{نویسندهٔ {i % 900}, علی "
                        f"and رضایی, ب}}, title={{تاریخ و سیاست {i}}}, "
                        f"journal={{مجلهٔ تاریخ}}, volume={{{i % 40}}}, "
                        f"number={{{i % 4}}}, pages={{{i}--{i + 12}}}, "
                        f"year={{{1300 + i % 100}}}}}\n")


def citations(dabir, out):
    """What a large bibliography adds to the same text without citations. The
    list holds what is cited, so its own pages are part of it."""
    folder = os.path.join(out, "cited")
    os.makedirs(folder, exist_ok=True)

    def text(name, entries, sources):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            f.write("---\nlang: fa\n")
            if entries:
                f.write(f"bibliography: b{entries}.bib\n"
                        "citations: author-date-fa\n")
            f.write("---\n\n")
            for i in range(5000):
                key = i % sources * (entries // sources) if entries else 0
                f.write("در این‌باره سخن بسیار گفته‌اند و بیشتر آن درست نیست")
                f.write(f" [@key{key}, ص {i % 300}]" if entries else "")
                f.write(".\n\n" if i % 8 == 7 else ". ")
        return os.path.join(folder, name)

    for entries in (10000, 20000):
        bibliography(os.path.join(folder, f"b{entries}.bib"), entries)
    print(f"\n{'5,000 citations':<36}{'pages':>7}{'wall s':>9}{'adds s':>9}"
          f"{'read ms':>9}")
    alone = None
    for name, entries, sources in (
            ("none", 0, 1), ("of 500 sources, 10,000 entries", 10000, 500),
            ("of 500 sources, 20,000 entries", 20000, 500),
            ("of 5,000 sources, 10,000 entries", 10000, 5000)):
        command = [dabir, "build", text(f"t{entries}-{sources}.md", entries,
                                        sources), "-o", out, "-j1"]
        wall, _ = measure(command, 5)
        n = pages_of(os.path.join(out, f"t{entries}-{sources}.pdf"))
        alone = wall if alone is None else alone
        print(f"{name:<36}{n:>7}{wall:>9.3f}{wall - alone:>9.3f}"
              f"{rooms(command).get('read', 0):>9.0f}", flush=True)


def merging(dabir, out):
    """The first handout for a thousand readers: one file, a file each, and
    runs of one row each, of which fifty stand for all."""
    def write(readers):
        path = os.path.join(out, f"readers{readers}.csv")
        with open(path, "w", encoding="utf-8") as f:
            f.write("name,class,date,seed\n")
            for i in range(1, readers + 1):
                f.write(f"دانش‌آموز {i},هشتم {i % 4},۱۴۰۴,{i}\n")
        return path
    folder = os.path.join(out, "merge")
    own = real_book(out, "merge.yaml", "  sheet: {style: handout, "
                    'each: "#phase-1", output: "{id}.pdf", standard: ua-1, '
                    "default: true}\n")
    print(f"\n{'handouts of a mail merge':<28}{'wall s':>9}{'MiB':>8}")

    def row(name, csv, runs, *more):
        wall, peak = measure([dabir, "build", own, "-o", folder, "--each",
                              csv, *more], runs)
        print(f"{name:<28}{wall:>9.3f}{peak / 1024:>8.1f}", flush=True)
        return wall
    thousand = write(1000)
    row("100 in one file", write(100), 5, "--joined")
    row("1,000 in one file", thousand, 5, "--joined")
    row("100 files", write(100), 5)
    files = row("1,000 files", thousand, 5)
    alone = row("one of them alone", thousand, 50, "--rows", "500")
    print(f"1,000 separate runs to one run: {1000 * alone / files:.0f}")


def main():
    dabir, build = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    out = os.path.join(build, "bench")
    os.makedirs(out, exist_ok=True)
    manuscript = os.path.join(ROOT, "manuscript", "basmachi.md")
    # The style and fonts are found from the program; the books lie in build/.
    rows, before = [], None
    print(f"{'book':<28}{'pages':>7}{'wall s':>9}{'MiB':>8}{'KiB':>9}"
          f"{'ms/page':>9}{'ms/further':>11}")
    for style in ("booklet", "amiri"):
        before = None
        for times, runs in ((1, 11), (10, 7), (51, 5), (127, 3)):
            book = os.path.join(out, f"x{times}")
            make_book(book, times, manuscript)
            name = f"{style} x{times}"
            command = [dabir, "build", os.path.join(book, "book.yaml"),
                       "-o", out, "-t", "plain", "--no-word-cache"]
            if style != "booklet":
                command += ["--style", os.path.join(HERE, f"{style}.yaml")]
            wall, peak = measure(command, runs)
            pdf = os.path.join(out, "plain.pdf")
            n, size = pages_of(pdf), os.path.getsize(pdf)
            further = ""
            if before:
                further = f"{1e3 * (wall - before[0]) / (n - before[1]):.2f}"
            print(f"{name:<28}{n:>7}{wall:>9.3f}{peak / 1024:>8.1f}"
                  f"{size / 1024:>9.0f}{1e3 * wall / n:>9.2f}{further:>11}",
                  flush=True)
            before = (wall, n)
            rows.append((name, n, wall))
    print("\nwith notes and tables, numbered on each page (so laid out again):")
    print(f"{'book':<28}{'pages':>7}{'notes':>7}{'tables':>7}{'wall s':>9}"
          f"{'pages/s':>9}")
    for times, runs in ((1, 5), (10, 3), (100, 1)):
        book = os.path.join(out, f"rich{times}")
        make_book(book, times, manuscript, "rich")
        wall, _ = measure([dabir, "build", os.path.join(book, "book.yaml"),
                           "-o", out, "-t", "plain"], runs)
        with open(os.path.join(book, "text.md"), encoding="utf-8") as f:
            text = f.read()
        n = pages_of(os.path.join(out, "plain.pdf"))
        print(f"{'rich x' + str(times):<28}{n:>7}"
              f"{len(re.findall(r'(?m)^' + chr(92) + '[' + chr(92) + '^', text)):>7}"
              f"{len(re.findall('(?m)^: ', text)):>7}{wall:>9.3f}{n / wall:>9.0f}",
              flush=True)
    one_paragraph(dabir, manuscript, out)
    against_shaping(dabir, out)
    tagging(dabir, manuscript, out)
    watching(dabir, out)
    shares(dabir, os.path.join(out, "x10", "book.yaml"), out)
    citations(dabir, out)
    imposing(dabir, os.path.join(ROOT, "manuscript", "book.yaml"), out)
    merging(dabir, out)
    for style in ("booklet", "amiri"):
        r = {k: (n, w) for k, n, w in rows}
        a, b = r[f"{style} x10"], r[f"{style} x127"]
        print(f"{style}: time per page of x127 to that of x10: "
              f"{(b[1] / b[0]) / (a[1] / a[0]):.2f}")


if __name__ == "__main__":
    main()
