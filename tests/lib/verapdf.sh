#!/bin/sh
# tests/lib/verapdf.sh FLAVOUR FILE...
#
# Judge PDFs with veraPDF: ua1, 2a, 2u or another of its flavours. Prints a
# line for each file, and below it one for each rule that failed: clause,
# number of failures, what the rule wants and where it was first broken. Exit
# status 0 when no rule failed, 1 when one did, 2 when veraPDF could not judge.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
if [ $# -lt 2 ]; then
	echo "usage: verapdf.sh FLAVOUR FILE..." >&2
	exit 2
fi
flavour=$1
shift

# One thread and the quick compiler: a book is judged in a second, and a
# machine with two processors runs two tests at a time.
java -Djava.awt.headless=true -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    -cp "$root/build/verapdf/lib/*" org.verapdf.apps.GreenfieldCliWrapper \
    --flavour "$flavour" --format json --maxfailuresdisplayed 1 "$@" |
/usr/bin/python3 -c '
import json, sys

worst = 0
try:
	jobs = json.load(sys.stdin)["report"]["jobs"]
except (ValueError, KeyError):
	print("veraPDF gave no report")
	sys.exit(2)
if len(jobs) < int(sys.argv[1]):
	print("veraPDF judged %d of %s files" % (len(jobs), sys.argv[1]))
	worst = 2
for job in jobs:
	name = job["itemDetails"]["name"]
	results = job.get("validationResult") or []
	if not results:
		why = job.get("taskException", {}).get("exceptionMessage", "?")
		print("%s: not judged: %s" % (name, why))
		worst = 2
	for result in results:
		d = result["details"]
		print("%s: %s: %d failed rules, %d failed checks" % (name,
		    result.get("profileName", sys.argv[2]), d["failedRules"],
		    d["failedChecks"]))
		if d["failedRules"] > 0:
			worst = max(worst, 1)
		for rule in d["ruleSummaries"]:
			if rule["ruleStatus"] != "FAILED":
				continue
			print("  %s-%s (%d): %s" % (rule["clause"],
			    rule["testNumber"], rule["failedChecks"],
			    rule["description"]))
			for check in rule["checks"][:1]:
				print("    at", check["context"])
sys.exit(worst)
' $# "$flavour"
