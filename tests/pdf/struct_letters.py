#!/usr/bin/python3
"""struct_letters.py FILE: does poppler read the structure whole?

`pdfinfo -struct-text` prints what each element owns, in the order it is
drawn. Its letters and digits must be those of tree_text.py, no more, no fewer;
their order inside a string is for who heeds ReversedChars, which poppler does
not. Prints how many of how many.
"""
import collections
import os
import re
import subprocess
import sys
import unicodedata

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tree_text import Tree  # noqa: E402


def letters(text):
    return collections.Counter(c for c in text
                               if unicodedata.category(c)[0] in "LN")


want = letters(Tree(sys.argv[1]).text())
said = subprocess.run(["pdfinfo", "-enc", "UTF-8", "-struct-text",
                       sys.argv[1]], capture_output=True).stdout
got = letters("".join(re.findall(r'(?m)^ *"(.*)"$',
                                 said.decode("utf-8", "replace"))))
print(f"{sum((want & got).values())} of {sum(want.values())} letters, "
      f"{sum((got - want).values())} more")
sys.exit(want != got or not want)
