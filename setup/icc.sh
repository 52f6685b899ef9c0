#!/bin/sh
# setup/icc.sh [--fogra]
#
# Fill build/icc/ with colour profiles: sRGB for the screen, out of the
# installed icc-profiles-free, and on request FOGRA39 for print, out of
# Debian's texlive-base, which is downloaded (22 MB) but not installed: TeX
# would be 100 MB for one file of 120 kB.
set -eu
cd "$(dirname "$0")/.."

out=build/icc
tmp=build/setup/icc.$$
say() { echo "profiles: $*" >&2; }
mkdir -p $out
trap 'rm -rf $tmp' EXIT

# The last argument is the sum that the file must have.
is() { echo "$2  $1" | sha256sum -c --status 2>/dev/null; }

keep()
{
	if ! is "$1" "$2"; then
		say "${1##*/} is not the file that setup/icc.sh has the sum of"
		[ "${CI:-}" != true ] || exit 1
	fi
	mv "$1" $out/
}

srgb=2a92d4bae450b76d8b0aa42193df974d75f62738ecebf74f01c5e75b12a95796
if [ ! -s $out/sRGB.icc ]; then
	mkdir -p $tmp
	cp /usr/share/color/icc/sRGB.icc $tmp/
	keep $tmp/sRGB.icc $srgb
fi

fogra=b35713ef7eff09349d4c3249e5f377736d06d8a2671c54712971a3546bf17c57
name=FOGRA39L_coated.icc
if [ "${1:-}" = --fogra ] && [ ! -s $out/$name ]; then
	if [ "${INSTALL:-yes}" = no ]; then
		say "INSTALL=no: $name is not brought; print needs it"
		exit 1
	fi
	mkdir -p $tmp
	say "taking $name out of Debian's texlive-base, 22 MB to download"
	# apt warns that it cannot change user for a folder of ours; it need not.
	get() { (cd $tmp && apt-get -qq download texlive-base 2>err); }
	get || { setup/need.sh --update && get; } || {
		cat $tmp/err >&2
		say "texlive-base cannot be had; print needs $name"
		exit 1
	}
	dpkg-deb --fsys-tarfile $tmp/texlive-base_*.deb | tar -xO -f - \
	    ./usr/share/texlive/texmf-dist/tex/generic/colorprofiles/$name \
	    >$tmp/$name
	keep $tmp/$name $fogra
fi
