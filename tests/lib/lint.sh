#!/bin/sh
# tests/lib/lint.sh
#
# What `make lint` checks: that compiler, clang-tidy and cppcheck had nothing
# to say (the Makefile has asked them, $B/lint holds their answers), and the
# rules of the rooms, which no tool knows. Says ok and not ok for run.sh.
set -u
cd "$(dirname "$0")/../.."

# Passed when the second argument, what was found, is empty.
verdict()
{
	if [ -z "$2" ]; then
		echo "ok $1"
	else
		echo "not ok $1"
		echo "$2" | head -n 40 | sed 's/^/# /'
	fi
}

for said in $(find "$B/lint" -name '*.said' | sort); do
	name=${said#"$B"/lint/}
	# The answer of a source that is gone is no answer.
	[ -e "${name%.said}.c" ] || continue
	verdict "${name%.said}.c" "$(cat "$said")"
done
verdict cppcheck "$(cat "$B/lint/cppcheck" 2>&1)"

# --- rooms ------------------------------------------------------------------
#
# A room may include those to its left. Its public header has its own name;
# the others are private to it. (messages.h is base's catalogue, for all.)
rooms="base image doc read import cite style font shape para page check
impose pdf html cmd"

verdict "rooms include upwards only" "$(
grep -rnE --include='*.[ch]' '^#include "' src | awk -v rooms="$rooms" '
	BEGIN { n = split(rooms, r); for (i = 1; i <= n; i++) rank[r[i]] = i }
	{
		split($0, at, ":"); split(at[1], from, "/")
		split($0, quoted, "\""); to = quoted[2]
		m = split(to, into, "/")
		if (from[2] == "main.c")
			next		# picks the command, knows all
		else if (m != 2)
			why = "name the room: \"room/header.h\""
		else if (!(from[2] in rank))
			why = from[2] "/ is no room; see architecture"
		else if (!(into[1] in rank) || rank[into[1]] > rank[from[2]])
			why = from[2] "/ may not know " into[1] "/"
		else if (into[1] != from[2] && to != "base/messages.h" &&
		    into[2] != into[1] ".h")
			why = to " is private to " into[1] "/"
		else
			next
		print at[1] ":" at[2] ": " why
	}')"

# --- libraries --------------------------------------------------------------
#
# Each in its room, so that replacing it means rewriting that room.
verdict "libraries stay in their rooms" "$(
while read -r header homes; do
	grep -rnE --include='*.[ch]' "^#include <$header" src |
	grep -vE "^src/($homes)/" | sed "s,\$, belongs to $homes,"
done <<'END'
yaml\.h base
jansson base
unicode/ base
png\.h image
jpeglib image
turbojpeg image
lcms2 image
cmark read
hunspell import
ft2build font
freetype font
fontconfig font
hb-subset font
hb\.h font|shape
hb-ot font|shape
fribidi shape
hpdf pdf
uv\.h cmd
END
)"

# --- what must not be in the project ----------------------------------------

# Committed, or about to be.
files() { git ls-files --cached --others --exclude-standard "$@"; }

verdict "no paths or registries of a machine" "$(
files | grep -v -e '^tests/lib/lint.sh$' | tr '\n' '\0' |
xargs -0 grep -nIE -e '(^|[^[:alnum:]_.<>{}$-])/(home|root|work|farm)/[a-z.]' \
    -e '"resolved":' -e 'https?://(registry|deb|repo1?|files|proxy)\.' \
    2>/dev/null | cut -c 1-160)"

verdict "no fonts, PDFs or binaries" "$(
files | grep -iE '\.(ttf|otf|woff2?|pdf|icc|jar|o|so|a|deb|tgz)$')"

verdict "no blanks at the end of a line" "$(
files '*.c' '*.h' '*.sh' '*.t' Makefile | tr '\n' '\0' |
xargs -0 grep -nE '[[:blank:]]+$' 2>/dev/null)"

verdict "shell scripts can be read" "$(
files '*.sh' '*.t' .ci/run | while read -r f; do
	case $(head -n 1 "$f") in
	*/bin/sh*) sh -n "$f" 2>&1 ;;
	*bash*) bash -n "$f" 2>&1 ;;
	esac
done)"
