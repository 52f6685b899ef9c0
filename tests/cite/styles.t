#!/bin/sh
# tests/cite/styles.t
#
# A book's own citation style builds on a shipped one; a book without a style
# that can be found loses nothing of what its author wrote.
set -u

ok() { if eval "$2"; then echo "ok $1"; else echo "not ok $1"; fi; }

mkdir -p "$TMP/styles/citations"
cat >"$TMP/b.bib" <<'END'
@book{a, author={علی بهرامی}, title={کتاب یکم}, year={1390}}
END
write()
{
	cat >"$TMP/m.md" <<END
---
lang: fa
bibliography: b.bib
citations: $1
---
متن [نک. @a، ص ۵] و @a [ص ۷].
END
	"$DABIR" build "$TMP/m.md" -o "$TMP" >"$TMP/out" 2>"$TMP/err"
	pdftotext -enc UTF-8 "$TMP/m.pdf" - | perl -CSD -pe \
	    's/[\x{200e}\x{200f}\x{061c}\x{202a}-\x{202e}\x{2066}-\x{2069}]//g' \
	    >"$TMP/text"
}

printf 'inherit: numeric-fa\n' >"$TMP/styles/citations/own.yaml"
write own
ok "an own style inherits from a shipped one" 'grep -q "۱، ص.۵" "$TMP/text"'
ok "and says nothing of it" '! grep -q STY "$TMP/err"'

printf 'inherit: numeric-fa\n' >"$TMP/styles/citations/numeric-fa.yaml"
write numeric-fa
ok "one of the same name builds on the shipped one" \
    'grep -q "۱، ص.۵" "$TMP/text" && ! grep -q STY "$TMP/err"'

printf 'inherit: nowhere\n' >"$TMP/styles/citations/own.yaml"
write own
ok "a base that is not there is told at its line" \
    'grep -q "own.yaml:1:10.*nowhere.*STY004" "$TMP/err"'

write nowhere
ok "without a style citations stand as they were written" \
    'grep -q "نک. @a، ص ۵" "$TMP/text" && grep -q "@a.*۷" "$TMP/text"'
ok "and the missing style is an error" 'grep -q "m.md:4:.*STY022" "$TMP/err"'
