#!/bin/sh
# Set-up as it stands after set-up: nothing to do, quickly, and honest about
# what lacks. What a fresh machine shows is not tested here.
set -u

said() { sed 's/^/# /' "$TMP/said"; }

# A copy whose list names a package that nobody has.
mkdir -p "$TMP/copy"
cp -r setup "$TMP/copy/"
echo 'build   no-such-package   -' >>"$TMP/copy/setup/packages"
if INSTALL=no "$TMP/copy/setup/need.sh" build >"$TMP/said" 2>&1; then
	echo "not ok INSTALL=no fails when a needed package lacks"
elif grep -q 'apt-get install.* no-such-package' "$TMP/said"; then
	echo "ok INSTALL=no names what lacks, and the command that brings it"
else
	echo "not ok INSTALL=no names what lacks"
	said
fi
if INSTALL=no "$TMP/copy/setup/need.sh" 'build?' >"$TMP/said" 2>&1; then
	echo "ok what is only wished for stops nothing"
else
	echo "not ok what is only wished for stops nothing"
	said
fi

# Nothing to do: quickly (measured, not judged: other tests run beside this
# one), and without a call of what fetches.
mkdir -p "$TMP/bin"
for tool in apt-get npm curl wget pip3 sudo; do
	printf '#!/bin/sh\necho %s >>"%s/called"\nexit 1\n' $tool "$TMP" \
	    >"$TMP/bin/$tool"
	chmod +x "$TMP/bin/$tool"
done
from=$(date +%s%N)
if PATH="$TMP/bin:$PATH" setup/setup.sh build check >"$TMP/said" 2>&1; then
	echo "ok set-up is whole"
else
	echo "not ok set-up is whole"
	said
fi
echo "# nothing to do: $((($(date +%s%N) - from) / 1000000)) ms"
if [ -e "$TMP/called" ]; then
	echo "not ok nothing is fetched where nothing lacks"
	sed 's/^/# /' "$TMP/called"
else
	echo "ok nothing is fetched where nothing lacks"
fi

# Every face with the sum that the manifest states.
bad=$(awk '/ file:/ { f = $2 } / sha256:/ { print $2 "  fonts/" f }' \
    fonts/manifest.yaml | sha256sum -c --quiet 2>&1)
if [ -z "$bad" ]; then
	echo "ok faces are those of the manifest"
else
	echo "not ok faces are those of the manifest"
	echo "$bad" | sed 's/^/# /'
fi
[ "$(awk '/^  - family:/' fonts/manifest.yaml | wc -l)" = \
    "$(ls fonts/files/*.ttf | wc -l)" ] &&
    echo "ok fonts/files/ holds the manifest's faces and no other" ||
    echo "not ok fonts/files/ holds the manifest's faces and no other"
