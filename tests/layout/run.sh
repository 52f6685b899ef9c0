#!/bin/sh
# What `dabir check` says of the real booklet, as screen, as print and as handouts: no
# error and no warning that is not excused, and every excuse has a reason.
set -u
book=manuscript/book.yaml
for target in screen print handouts handouts-teacher; do
	out=$TMP/$target.json
	"$DABIR" check $book -t $target --format json --fail-on warning \
	    >"$out" 2>"$TMP/$target.err"
	status=$?
	if [ $status = 0 ]; then echo "ok $target: nothing to mend"
	else
		echo "not ok $target: nothing to mend (status $status)"
		"$DABIR" check $book -t $target 2>&1 | sed 's/^/# /'
	fi
	python3 - "$out" $target <<'EOF'
import json, sys
report = json.load(open(sys.argv[1]))
short = [m for m in report["messages"]
         if "excuse" in m and len(m["excuse"].split()) < 4]
lost = [m for m in report["messages"]
        if m["code"].startswith("LAY") and not m.get("page")]
for name, bad in (("excuses have reasons", short),
                  ("what is said of the layout names its page", lost)):
    print("ok" if not bad else "not ok", f"{sys.argv[2]}: {name}")
    for m in bad:
        print("#", m)
EOF
done
