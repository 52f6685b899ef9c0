#!/usr/bin/env python3
"""curve.py DABIR BOOK FOLDER: what the limits of kashida buy on the page of
the comparison, from none to what styles/peers.yaml allows."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from evenness import figures

LIMITS = [(0, 0), (5, 10), (4, 10), (3, 10), (3, 3), (3, 0), (2, 10), (2, 3), (2, 2), (2, 1), (2, 0)]


def main():
    dabir, book, folder = sys.argv[1:]
    print("    one word in  demerits  kashidas a line  deviation  worst"
          "  over 1.5")
    for words, demerits in LIMITS:
        style = os.path.join(folder, "curve.yaml")
        with open(style, "w") as f:
            f.write("inherit: peers\nparagraph: {kashida: %s, kashida-words: "
                    "%d, kashida-demerits: %d}\n" % (
                        "true" if words else "false", words or 1, demerits))
        dump = os.path.join(folder, "curve.dump")
        with open(dump, "w") as f:
            subprocess.run([dabir, "build", book, "-t", "screen", "-o",
                            folder, "--style", style, "--dump", "para"],
                           stdout=f, stderr=subprocess.DEVNULL)
        r = figures(dump)
        print("%15s%10s%17.1f%11.3f%7.3f%10d" % (
            words or "none", demerits if words else "", r["kashidas"] /
            r["lines"], r["sd"], r["worst"], r["loose"]))


main()
