#!/bin/sh
# setup/judges.sh
#
# Bring the outside judges of tests/package.json into build/judges/: programs
# that read what Dabir writes, run as processes of their own. No script of
# theirs is run, and what is optional to them (a native canvas) stays out.
set -eu
cd "$(dirname "$0")/.."

out=build/judges
stamp=$(cat tests/package.json tests/package-lock.json | cksum)
if [ "$(cat $out/.stamp 2>/dev/null)" = "$stamp" ] &&
    [ -d $out/node_modules ]; then
	exit 0
fi
if [ "${INSTALL:-yes}" = no ]; then
	echo "judges: INSTALL=no: not brought; \`make check\` needs them" >&2
	exit 1
fi

echo "judges: bringing PDFium, pdf.js, MuPDF, axe-core and vnu with npm," \
    "some 70 MB" >&2
mkdir -p $out
cp tests/package.json tests/package-lock.json tests/.npmrc $out/
(cd $out && npm ci --ignore-scripts --omit=optional --no-audit --no-fund \
    --loglevel=error >&2)
echo "$stamp" >$out/.stamp
