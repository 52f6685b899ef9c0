#!/bin/sh
# setup/words.sh
#
# Bring the Persian word list of `dabir import` into words/files/: npm's
# dictionary-fa (Lilak, Apache-2.0), as words/package-lock.json has it. It is
# data that the program reads when it is there; without npm, or without its
# registry, that is a warning once, and import does what it can without.
set -eu
cd "$(dirname "$0")/.."

out=words/files
stamp=$(cat words/package.json words/package-lock.json | cksum)
[ "$(cat $out/.stamp 2>/dev/null)" != "$stamp" ] || exit 0
say() { echo "words: $*" >&2; }
if [ "${INSTALL:-yes}" = no ]; then
	say "INSTALL=no: no word list; \`dabir import\` does less without"
	exit 0
elif [ "${CI:-}" != true ] &&
    [ "$(cat $out/.failed 2>/dev/null)" = "$stamp" ]; then
	exit 0
fi

tmp=build/setup/words.$$
mkdir -p $out $tmp
trap 'rm -rf $tmp' EXIT
cp words/package.json words/package-lock.json words/.npmrc $tmp/
if (cd $tmp && npm ci --ignore-scripts --no-audit --no-fund \
    --fetch-retries=1 --loglevel=error >said 2>&1); then
	from=$tmp/node_modules/dictionary-fa
	cp $from/index.aff $out/fa.aff
	cp $from/index.dic $out/fa.dic
	cp $from/license $out/fa-LICENSE.txt
	rm -f $out/.failed
	echo "$stamp" >$out/.stamp
	exit 0
fi
head -n 4 $tmp/said >&2 || :
say "WARNING: npm did not bring the word list; \`dabir import\` does less" \
    "without; removing $out/.failed tries again"
[ "${CI:-}" != true ] || exit 1
echo "$stamp" >$out/.failed
