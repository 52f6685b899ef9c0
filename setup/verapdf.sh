#!/bin/sh
# setup/verapdf.sh
#
# Fetch veraPDF, the judge of PDF/UA and PDF/A, once: Maven reads
# tests/verapdf/pom.xml and copies the jars to build/verapdf/lib. Maven's own
# plugins (25 MB) go into a folder that is thrown away again.
set -eu
cd "$(dirname "$0")/.."

out=build/verapdf
stamp=$(cksum <tests/verapdf/pom.xml)
if [ "$(cat $out/.stamp 2>/dev/null)" = "$stamp" ] && [ -d $out/lib ]; then
	exit 0
fi
if [ "${INSTALL:-yes}" = no ]; then
	echo "veraPDF: INSTALL=no: not fetched; \`make check-pdf\` needs it" >&2
	exit 1
fi

echo "veraPDF: fetching it, and the schema of SARIF, with Maven, some 40 MB" >&2
rm -rf $out
mkdir -p $out
mvn -q -B --strict-checksums -f tests/verapdf/pom.xml \
    -Dstyle.color=never -Dmaven.repo.local="$PWD/$out/repository" \
    dependency:copy-dependencies -DoutputDirectory="$PWD/$out/lib" >&2
rm -rf $out/repository
echo "$stamp" >$out/.stamp
