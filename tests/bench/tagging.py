"""What tags cost: the booklet as it is built for the screen, in Parastoo and
in Amiri, and books of its length many times over, each with its tags and
without. Runs with and without take turns, so that a noisy machine bears on
both; the ratio is the median of those of neighbours.
"""
import os
import statistics

from tools import AMIRI, cost, make_book, pages_of, real_book


TARGETS = """\
  screen: {style: booklet, output: book.pdf, standard: ua-1+a-2a}
  plain: {style: booklet, output: plain.pdf, standard: none}
"""


def row(dabir, name, book, out, runs, more):
    folder = os.path.join(out, "tagging")
    kinds = {"screen": [], "plain": []}
    for _ in range(runs + 1):
        for target, seen in kinds.items():
            seen.append(cost([dabir, "build", book, "-o", folder, "-t",
                              target, "-q", *more]))
    pairs = list(zip(kinds["screen"], kinds["plain"]))[1:]
    tagged, bare = (statistics.median(p[i][2] for p in pairs) for i in (0, 1))
    ratio = statistics.median(a[2] / b[2] for a, b in pairs)
    wall = statistics.median(a[0] for a, _ in pairs)
    pdf, plain = (os.path.join(folder, f) for f in ("book.pdf", "plain.pdf"))
    size, less = os.path.getsize(pdf), os.path.getsize(plain)
    print(f"{name:<20}{pages_of(pdf):>6}{1e3 * wall:>9.1f}{1e3 * tagged:>9.1f}"
          f"{1e3 * bare:>9.1f}{ratio:>7.2f}{size / 1024:>9.1f}"
          f"{less / 1024:>9.1f}{size / less:>7.2f}", flush=True)


def tagging(dabir, manuscript, out):
    print("\nfor the screen, tagged to untagged, with the cache of words:\n"
          f"{'book':<20}{'pages':>6}{'wall ms':>9}{'CPU ms':>9}{'without':>9}"
          f"{'ratio':>7}{'KiB':>9}{'without':>9}{'ratio':>7}")
    real = real_book(out, "tagged.yaml", TARGETS)
    row(dabir, "booklet", real, out, 15, [])
    row(dabir, "booklet in Amiri", real, out, 15, AMIRI)
    for times, runs in ((10, 7), (100, 3)):
        book = make_book(os.path.join(out, f"x{times}"), times, manuscript)
        row(dabir, f"{times} copies", book, out, runs, [])
