#!/bin/sh
# check.sh [BOOK [FOLDER]]
#
# Check a book on any build server: say what is wrong, leave dabir.sarif,
# dabir.xml (JUnit) and dabir.json in FOLDER (reports/), and fail when
# something is. Run it from the top of the repository, so that the reports
# name files as the repository does.
#
# DABIR is the program, FAIL_ON what fails: error, or warning (the default).
# Exit status: dabir's. 1, the book has faults; 2, it could not be checked.
set -u
book=${1:-book.yaml}
out=${2:-reports}
dabir=${DABIR:-dabir}
fail_on=${FAIL_ON:-warning}

mkdir -p "$out" || exit 2
status=0
for report in sarif:dabir.sarif junit:dabir.xml json:dabir.json; do
	"$dabir" check "$book" --format "${report%%:*}" --fail-on "$fail_on" \
	    >"$out/${report#*:}" 2>/dev/null
done
"$dabir" check "$book" --fail-on "$fail_on" || status=$?
exit $status
