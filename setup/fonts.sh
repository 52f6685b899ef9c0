#!/bin/sh
# setup/fonts.sh [--done]
#
# Fill fonts/files/ with what fonts/manifest.yaml names: faces out of npm's
# packages and apt's, with their licences, each face compared with its sum.
# `--done` only says, by its exit status, whether nothing is left to do.
#
# Without npm, or without its registry, apt's faces have to do: a warning, not
# an error, and npm is not asked again before `make fonts` is. A face that
# differs from its sum is a warning too. Both are errors under CI=true.
set -eu
cd "$(dirname "$0")/.."

out=fonts/files
tmp=build/setup/fonts.$$
say() { echo "fonts: $*" >&2; }

# source <tab> file <tab> sum (- for a licence), in the manifest's order. The
# manifest is YAML of the plainest kind, as written; the program reads it whole.
entries()
{
	awk '
	function flush() { if (file != "") print source "\t" file "\t" sum
		file = source = ""; sum = "-" }
	/^ *- /		{ flush(); sub(/- /, "  ") }
	/^ *file:/	{ file = $2 }
	/^ *sha256:/	{ sum = $2 }
	/^ *source:/	{ gsub(/"/, "", $2); source = $2 }
	END		{ flush() }' fonts/manifest.yaml
}

# The stamp holds the sum of manifest and lock that files/ was filled from.
stamp=$(cat fonts/manifest.yaml fonts/package-lock.json | cksum)
whole()
{
	[ "$(cat $out/.stamp 2>/dev/null)" = "$stamp" ] || return 1
	entries | while IFS='	' read -r _ file _; do
		[ -s "fonts/$file" ] || exit 1
	done
}

failed() { [ "$(cat $out/.failed 2>/dev/null)" = "$stamp" ]; }

if whole; then
	exit 0
elif [ "${CI:-}" != true ] && failed; then
	[ "${1:-}" = --done ] || say "WARNING: Debian's faces stand in for" \
	    "those that npm did not bring; \`make fonts\` tries again"
	exit 0
elif [ "${1:-}" = --done ]; then
	exit 1
fi

mkdir -p $out $tmp
trap 'rm -rf $tmp' EXIT
rm -f $out/.stamp $out/.failed

# npm's packages, scripts switched off; nothing of them stays but the files.
get_npm()
{
	if ! command -v npm >/dev/null; then
		say "npm is not here"
		return 1
	elif [ "${INSTALL:-yes}" = no ]; then
		say "INSTALL=no: npm is not asked"
		return 1
	fi
	cp fonts/package.json fonts/package-lock.json fonts/.npmrc $tmp/
	say "bringing $(grep -c '"integrity"' fonts/package-lock.json)" \
	    "packages with npm, some 18 MB"
	# Of a failure its first lines say enough.
	(cd $tmp && npm ci --ignore-scripts --no-audit --no-fund \
	    --fetch-retries=1 --loglevel=error >said 2>&1) || {
		head -n 4 $tmp/said >&2
		return 1
	}
}

# A face that came with npm need not come again because the manifest changed.
# No pipe: the loop sets variables.
fetch=
entries >$tmp/entries
while IFS='	' read -r source file sum; do
	case $source in npm:*) ;; *) continue ;; esac
	if [ ! -s "fonts/$file" ] || { [ "$sum" != - ] &&
	    ! echo "$sum  fonts/$file" | sha256sum -c --status; }; then
		fetch=yes
	fi
done <$tmp/entries
npm=here
if [ -n "$fetch" ]; then
	get_npm || npm=none
fi

lost=
wrong=
while IFS='	' read -r source file sum; do
	kind=${source%%:*}
	path=${source#*:}
	package=${path%%:*}
	path=${path#*:}
	case $kind in
	npm) from=$tmp/node_modules/$package/$path ;;
	apt) from=/$path ;;
	*) say "$source: no such kind of source"; exit 2 ;;
	esac
	# Copied beside and renamed: a reader never meets half a face.
	if [ -s "$from" ]; then
		cp "$from" "fonts/$file.$$" && mv "fonts/$file.$$" "fonts/$file"
		chmod 644 "fonts/$file"
	fi
	if [ ! -s "fonts/$file" ]; then
		lost="$lost ${file##*/}"
	elif [ "$sum" != - ] &&
	    ! echo "$sum  fonts/$file" | sha256sum -c --status; then
		wrong="$wrong ${file##*/}"
	fi
done <$tmp/entries

if [ -n "$wrong" ]; then
	say "not the files that fonts/manifest.yaml has sums of:$wrong"
	[ "${CI:-}" != true ] || exit 1
fi
if [ -n "$lost" ]; then
	say "WARNING: missing:$lost"
	say "the faces of Debian (Amiri, Gentium, Noto) stand in;" \
	    "\`make fonts\` tries again"
	# A test would fail later and say less about the reason.
	[ "${CI:-}" != true ] && [ $npm = none ] || exit 1
	[ "${INSTALL:-yes}" = no ] || echo "$stamp" >$out/.failed
	exit 0
fi
echo "$stamp" >$out/.stamp
