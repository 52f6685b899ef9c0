#!/usr/bin/python3
"""key.py MANUSCRIPT [STRUCTURE]: are the questions of the first book keyed by
its text?

Every question names paragraphs (par=) and quotes them (words=): the quotations
stand in the text, in the paragraphs named if STRUCTURE tells where these begin
and end, and each of these is quoted. Then by kind: an answer's words are those
of the quotations; a sentence with its blanks filled is one of the text's; a
true sentence is one of the text's with words left out, a false one is not; what
is to be matched, a quotation a row, is found in its row's; what is to be put in
order follows its quotations and their dates. Says what is wrong; exit status 1.
"""
import re
import sys

HEAD = re.compile(r"^:+ \{(\.question [^\n]*)\}\n(.*?)^::::$", re.M | re.S)
ANSWER = re.compile(r"^::: \{\.answer\}\n(.*?)^:::$", re.M | re.S)
MONTHS = ["جنوری", "فبروری", "مارچ", "اپریل", "می", "جون", "جولای", "اگست",
          "سپتامبر", "اکتبر", "نوامبر", "دسامبر"]
# What stands between an answer's quotations: where they are found, and which
# of several versions they are.
GLUE = set("""سال در و که است این تا از بخش عنوان مقدمه نتیجه فهرست یکی دیگر
    اینکه مرحله اول قیام پایان یافته بود آن را بیرون برگه می‌گوید باسماچیان
    نگاهی به جنبش ضعف فروپاشی مراحل""".split())


def bare(s):
    s = re.sub(r"\[\^[^\]]*\]|\[@[^\]]*\]|\{[^}]*\}|<!--.*?-->", " ", s,
               flags=re.S)
    s = re.sub(r"([۰-۹]{4})م\b", r"\1", s)
    return re.sub(r"[^\w\u200c]+", " ", s).strip()


def words(s):
    return bare(s).split()


def is_within(short, long):
    """Is `short` what is left of `long` when words are taken out?"""
    rest = iter(long)
    return all(w in rest for w in short)


def body_of(text):
    text = re.sub(r"^:+ *\{\.questions.*?^:::::$", "", text, flags=re.M | re.S)
    return re.sub(r"^:+ *\{\.(overview-table|phase-table|timeline|glossary)"
                  r".*?^:::$", "", text, flags=re.M | re.S)


def paragraphs(structure, text):
    """Number -> bare text, by the first and last words that are told of it."""
    rows = re.findall(r"^\| (\d+) \| ([\d.]+) \| (.*?) \| (.*?) \|$",
                      structure, re.M)
    out = {}
    for number, _, first, last in rows:
        last = re.sub(r"\([^()]*[،:][^()]*[۰-۹]{4}[^()]*\)", " ", last)
        last = bare(re.sub(r"\(the list follows\)", "", last))
        i = text.find(bare(first))
        j = text.find(last, i)
        if 0 <= i <= j and number not in out:
            out[number] = text[i:j + len(last)]
    return out


def dated(clause):
    """(year, month) of the first date in a quotation."""
    year = re.search("[۰-۹]{4}", clause)
    month = next((i for i, m in enumerate(MONTHS) if m in clause), -1)
    return (year[0] if year else "", month)


class Checker:
    def __init__(self, text, structure):
        body = body_of(text)
        self.body = bare(body)
        self.sentences = [words(s) for s in re.split(r"[.؟\n]", body)]
        self.pars = paragraphs(structure, self.body) if structure else {}
        if self.pars:
            item = re.findall(r"^\d\. (.*?)(?=^\d\. |^$)", body, re.M | re.S)
            self.pars["list"] = " ".join(bare(i) for i in item)
            for i, h in enumerate(re.findall(r"^## (.*)$", body, re.M)):
                self.pars[f"h3.{i + 1}"] = bare(h)
        self.said = []

    def tell(self, head, why):
        self.said.append(f"{why}: {head[:60]}")

    def quotations(self, head, par, rows):
        used = set()
        for quoted in (q for r in rows for q in r.split("+")):
            q = bare(quoted)
            if q not in self.body:
                self.tell(head, f"not in the text: {q}")
                continue
            hit = {p for p, t in self.pars.items() if q in t}
            if self.pars and not hit & set(par):
                self.tell(head, f"not in par={par} but {hit}: {q}")
            used |= hit
        for p in par if self.pars else ():
            if p not in used:
                self.tell(head, f"par={p} is not quoted")

    def short(self, head, body, rows):
        known = set(words(" ".join(rows))) | GLUE | set(words(
            ANSWER.sub("", body)))
        # what the paragraph adds to its quotation
        for p in re.findall(r"[\w.]+", re.search(r"\bpar=(.*?)words=",
                                                 head)[1]):
            known |= set(self.pars.get(p, self.body).split())
        for answer in ANSWER.findall(body):
            odd = [w for w in words(answer) if w not in known and not any(
                k[:4] == w[:4] for k in known if len(w) > 4)]
            if odd:
                self.tell(head, f"not in the quotations: {odd}")
            numbers = set(re.findall("[۰-۹]{2,}", answer))
            if not numbers <= set(re.findall("[۰-۹]{2,}", " ".join(rows) +
                                             ANSWER.sub("", body))):
                self.tell(head, f"a number that is not quoted: {numbers}")
            if not set(words(" ".join(rows))) & set(words(answer)):
                self.tell(head, "the answer has nothing of the quotations")

    def fill(self, head, body, rows):
        whole = words(re.sub(r"\[([^\]]*)\]\{\.blank\}", r"\1", body))
        blanks = re.findall(r"\[([^\]]*)\]\{\.blank\}", body)
        near = [s for s in self.sentences if len(set(whole) - set(s)) <= 2 and
                is_within([w for w in whole if w in s], s)]
        if not near:
            self.tell(head, "no such sentence in the text")
        for b in blanks:
            if not any(is_within(words(b), s) for s in near) or \
                    bare(b) not in bare(" ".join(rows)):
                self.tell(head, f"the blank is not as in the text: {b}")

    def truth(self, head, body, rows):
        says = re.search(r"answer=(\w+)", head)[1] == "true"
        told = words(ANSWER.sub("", body))
        if says != any(is_within(told, s) for s in self.sentences):
            self.tell(head, f"keyed as {says}")
        for answer in ANSWER.findall(body):
            if not any(is_within(words(answer), s) or is_within(
                    words(answer)[2:], s) for s in self.sentences):
                self.tell(head, "what it is put right to is not in the text")

    def match(self, head, body, rows):
        cells = re.findall(r"^\| (.*?) \| (.*?) \|$", body, re.M)[1:]
        if len(cells) != len(rows):
            self.tell(head, f"{len(cells)} rows, {len(rows)} quotations")
        for (a, b), row in zip(cells, rows):
            have = words(row)
            for cell, least in ((a, 1), (b, len(words(b)) / 2)):
                # مصادره, مصادره و: by the beginning of a word
                found = [w for w in words(cell) if any(
                    w[:4] == h[:4] for h in have)]
                if len(found) < least:
                    self.tell(head, f"«{cell}» is not in «{row.strip()}»")

    def order(self, head, body, rows):
        items = re.findall(r"^\d+\. (.*)$", body, re.M)
        if len(items) != len(rows):
            self.tell(head, f"{len(items)} items, {len(rows)} quotations")
        dates = [dated(r) for r in rows]
        if dates != sorted(dates) or not all(d[0] for d in dates):
            self.tell(head, f"not in order: {dates}")
        for i, item in enumerate(items):
            score = [len({w[:4] for w in words(item)} &
                         {w[:4] for w in words(r)}) for r in rows]
            if max(score) > score[i]:
                self.tell(head, f"«{item}» fits another quotation better")

    def question(self, head, body):
        par = re.search(r'\bpar="?([^"=]+?)"?(?= words=|$)', head)
        quoted = re.search(r'\bwords="([^"]*)"', head)
        if not par or not quoted:
            self.tell(head, "names no paragraph")
            return
        rows = quoted[1].split("|")
        self.quotations(head, par[1].split(), rows)
        kinds = {"short": self.short, "fill": self.fill, "match": self.match,
                 "true-false": self.truth, "order": self.order}
        kind = re.match(r"\.question \.([\w-]+)", head)
        if not kind or kind[1] not in kinds:
            self.tell(head, "of no known kind")
        else:
            kinds[kind[1]](head, body, rows)


def check(text, structure=""):
    c = Checker(text, structure)
    found = HEAD.findall(text)
    for head, body in found:
        c.question(head, body)
    if len(found) < 20:
        c.said.append(f"only {len(found)} questions")
    return c.said


def main():
    read = [open(p, encoding="utf-8").read() for p in sys.argv[1:3]]
    said = check(*read)
    for s in said:
        print(s)
    sys.exit(bool(said))


if __name__ == "__main__":
    main()
