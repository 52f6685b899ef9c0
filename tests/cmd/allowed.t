#!/bin/sh
# A book from somebody else: what it may read and write, and what --allow adds.
# Every door by which a book names a file, by "..", by an absolute path and by
# a link.
set -u

secret='root:x:0:0'
mkdir -p "$TMP/out/styles" "$TMP/home/book/in"
out=$TMP/out
cd "$TMP/home/book" || exit
printf '# بیرون\n\n%s\n' "$secret" >"$out/a.md"
printf '# درون\n\nمتن.\n' >in/a.md
printf '# یک\n\nنک. [@k].\n\n# منابع\n\n::: {#refs}\n:::\n' >in/k.md
printf '@book{k, author={راز}, title={%s}, year={1400}}\n' "$secret" >"$out/a.bib"
printf 'inherit: essay\n' >"$out/a.yaml"
echo text >"$out/p.png"
ln -s "$out/a.md" link.md
ln -s "$out/a.bib" link.bib
ln -s "$out/a.yaml" link.yaml
ln -s "$out" folder
ln -s "$out/not-yet.pdf" later.pdf
ln -s in/a.md near.md

book() { # MANUSCRIPT [LINE...]
	printf 'title: ک\nlang: fa\nmanuscript: %s\n' "$1" >book.yaml
	shift
	for line; do
		echo "$line"
	done >>book.yaml
}
run() {
	rm -rf "$TMP/pdf"
	"$DABIR" build book.yaml -o "$TMP/pdf" "$@" >/dev/null 2>said
	status=$?
}
ok() { # WHAT, after a test
	if [ $? = 0 ]; then
		echo "ok $1"
	else
		echo "not ok $1: status $status"
		sed 's/^/# /' said
	fi
}
refused() { # PLACE PATH
	run
	grep -qF "book.yaml:$1: error: “$2” lies outside the book's folder; not read" said &&
	    grep -qF 'MAN020' said && ! grep -q "$secret" said
	ok "refused: $2 at $1"
}
allowed() { # WHAT [ARG...]
	what=$1
	shift
	run "$@"
	[ $status = 0 ] && ! grep -q MAN020 said && [ -s "$TMP/pdf/book.pdf" ]
	ok "allowed: $what"
}

# --- manuscripts -------------------------------------------------------------

for path in ../../out/a.md "$out/a.md" link.md folder/a.md \
    in/../../../out/a.md ../../out/none.md; do
	book "[in/a.md, $path]"
	refused 3:23 "$path"
	[ $status = 1 ] && ! pdftotext "$TMP/pdf/book.pdf" - | grep -q root
	ok "the rest of the book is there without $path"
done
book "[link.md]"
refused 3:14 link.md
[ $status = 1 ] && ! grep -q "names no manuscript" said &&
    [ ! -e "$TMP/pdf/book.pdf" ]
ok "nothing else, no PDF"
for path in in/a.md ./in/../in/a.md near.md "$PWD/in/a.md"; do
	book "[$path]"
	allowed "$path"
done
book "[../../out/a.md]"
allowed "by --allow" --allow "$out"
pdftotext "$TMP/pdf/book.pdf" - | grep -q "$secret"
ok "and printed"
book "[link.md, in/a.md]"
allowed "a link, by --allow twice" --allow /usr --allow="$TMP/out/"
ln -s "$out" "$TMP/other"
allowed "by a folder that is itself a link" --allow "$TMP/other"
book "[link.md, in/a.md]"
run --allow "$TMP/out/styles"
[ $status = 1 ] && grep -q MAN020 said
ok "another folder allows nothing"
mkdir "$TMP/out-more"
run --allow "$TMP/out-more"
[ $status = 1 ] && grep -q MAN020 said
ok "nor one whose name begins alike"
run --allow "$TMP/none"
[ $status = 2 ] && grep -q USE002 said
ok "a folder that is not there is wrong usage"
book "[link.md, in/a.md]" "allow: [$out]" "allow-read: $out"
run
[ $status = 1 ] && grep -q MAN020 said && grep -q "STY" said
ok "a book does not allow itself"
"$DABIR" check book.yaml >said 2>&1
grep -q MAN020 said
ok "dabir check says so too"
"$DABIR" check --allow "$out" book.yaml >said 2>&1
! grep -q MAN020 said
ok "and takes --allow"

# --- what the user names -----------------------------------------------------

cd ..
status=0
mkdir -p "$TMP/pdf"
"$DABIR" build book/link.md -o "$TMP/pdf" >book/said 2>&1 && [ -s "$TMP/pdf/link.pdf" ]
cd book || exit
ok "a manuscript on the command line may be a link"
book in/a.md
allowed "--style anywhere" --style "$out/a.yaml"
printf 'inherit: b.yaml\n' >"$out/c.yaml"
cp "$out/a.yaml" "$out/b.yaml"
allowed "and what lies beside it" --style "$out/c.yaml"

# --- the other doors ---------------------------------------------------------

for path in ../../out/a.bib "$out/a.bib" link.bib; do
	book in/k.md "bibliography: $path"
	refused 4:15 "$path"
done
book in/k.md "bibliography: link.bib"
allowed "a bibliography" --allow "$out"
for path in ../../out/a.yaml "$out/a.yaml" ./link.yaml link.yaml; do
	book in/a.md "style: $path"
	refused 4:8 "$path"
	[ -s "$TMP/pdf/book.pdf" ]
	ok "and set in a style of Dabir's"
	book in/a.md "style: $path"
	allowed "style: $path" --allow "$out"
done
printf 'inherit: %s\n' "$out/a.yaml" >own.yaml
book in/a.md 'style: own.yaml'
run
grep -q 'own.yaml:1:10: error: .*/out/a.yaml” lies outside' said
ok "refused: a style from which the book's own inherits"
allowed "the same" --allow "$out"
book in/k.md "bibliography: in/k.bib" "citations: ../../../../out/a"
cp "$out/a.bib" in/k.bib
mkdir -p styles/citations
ln -s "$out/a.yaml" styles/out.yaml
run
! [ $status = 0 ] && grep -q 'book.yaml:5:12: error: .*MAN020\|STY.*citations\|no citation' said
ok "refused: a style of citations"
book in/a.md "style: out"
run
grep -q 'styles/out.yaml” lies outside' said
ok "refused: a link in the book's styles/"
rm -r styles
mkdir fonts
printf 'faces:\n  - {family: X, file: ../../../out/a.ttf}\n' >fonts/manifest.yaml
book in/a.md
run
grep -q 'manifest.yaml:2:23: error: “../../../out/a.ttf” lies outside' said
ok "refused: a font"
rm -r fonts
ln -s "$out" styles
run
grep -q '/styles” lies outside' said
ok "refused: a folder of styles that is a link"
mv styles ..
allowed "a book below such a folder, which is passed by"
rm ../styles
printf -- '---\nlang: fa\nbibliography: ../../out/a.bib\n---\n\nمتن.\n' >lone.md
"$DABIR" build lone.md -o "$TMP/pdf" >/dev/null 2>said
grep -q 'lone.md:3:15: error: “../../out/a.bib” lies outside' said
ok "refused: a bibliography of a lone manuscript"
printf -- '---\nlang: fa\n---\n\n![x](../../out/p.png)\n' >lone.md
"$DABIR" build lone.md -o "$TMP/pdf" >/dev/null 2>said
grep -q 'lone.md:5:1: error: “../../out/p.png” lies outside' said
ok "refused: a picture"
"$DABIR" build lone.md -o "$TMP/pdf" --allow "$out" >/dev/null 2>said
grep -q 'p.png”: is neither PNG nor JPEG' said
ok "one that is allowed is read"
book in/a.md "targets:" \
    "  p: {standard: x-4, profile: /etc/passwd, output: book.pdf, default: true}"
run
grep -q "book.yaml:5:31: error: “/etc/passwd” lies outside" said
ok "refused: a profile"

# --- writing -----------------------------------------------------------------

for path in ../x.pdf "$TMP/x.pdf" ../not/yet/x.pdf no/../../x.pdf; do
	book in/a.md "targets:" "  p: {output: $path, default: true}"
	run
	[ $status = 1 ] && grep -q 'book.yaml:5:3: error: .*STY041' said &&
	    [ ! -e "$TMP/x.pdf" ] && [ ! -e "$TMP/not" ]
	ok "not written: $path"
done
book in/a.md "targets:" "  p: {output: later.pdf, default: true}"
"$DABIR" build book.yaml >/dev/null 2>said
status=$?
[ $status = 1 ] && grep -q STY041 said && [ ! -e "$out/not-yet.pdf" ]
ok "not written: through a link to a file that is not there yet"
"$DABIR" build book.yaml --allow "$out" >/dev/null 2>said
status=$?
[ $status = 0 ] && [ -s "$out/not-yet.pdf" ]
ok "written where --allow says"
