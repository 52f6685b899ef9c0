#!/usr/bin/env python3
"""docs/style.md names every key of a style and every word a key may have, and
nothing that is none."""
import re

with open("src/style/table.c", encoding="utf-8") as f:
    source = f.read()
with open("docs/style.md", encoding="utf-8") as f:
    docs = f.read()

keys = set(re.findall(r'^\t\{"([a-z-]+)", T_', source, re.M))
keys |= set(re.findall(r'^\t\{"([a-z-]+)", offsetof', source, re.M))
lists = re.findall(r"static const char \*const (\w+)\[\] = \{([^}]*)\}", source)
words = {w for name, body in lists for w in re.findall(r'"([a-z0-9-]+)"', body)}
named = set(re.findall(r"`([a-z-]+)`", docs))
headings = set(re.findall(r"^## ([a-z -]+)$", docs, re.M))
said = named | headings | {w for h in headings for w in h.split(" and ")}

lack = sorted(keys - said)
print("ok every key is in docs/style.md" if not lack else
      "not ok docs/style.md lacks " + ", ".join(lack))
lack = sorted(w for w in words
              if not re.search(r"(?<![\w-])%s(?![\w-])" % re.escape(w), docs))
print("ok every word of a key is there" if not lack else
      "not ok docs/style.md lacks the words " + ", ".join(lack))

# A default that the table gives is the program's.
with open("src/style/table.c", encoding="utf-8") as f:
    defaults = dict(re.findall(r"\.(\w+) = (-?\d+|true|false)[,}]", f.read()))
wrong = []
for key, field in re.findall(r'\{"([a-z-]+)", T_(?:INT|MILLE|BOOL), '
                             r"K\((\w+)\)", source):
    row = re.search(r"^\| `%s` \| ([\d.]+|true|false) \|" % key, docs, re.M)
    if not row or field not in defaults:
        continue
    mille = re.search(r'"%s", T_MILLE' % key, source)
    want = defaults[field]
    have = row[1] if not mille else str(round(float(row[1]) * 1000))
    if want != have:
        wrong.append(f"{key} {row[1]} (program: {want})")
print("ok the defaults are the program's" if not wrong else
      "not ok wrong defaults: " + ", ".join(wrong))
