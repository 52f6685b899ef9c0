#!/bin/sh
# The driver and the linter in a tree of their own: a judge that cannot fail
# is no judge.
set -u

tree=$TMP/tree
mkdir -p "$tree/tests/lib" "$tree/tests/room" "$tree/build/tests/room"
cp tests/lib/run.sh tests/lib/lint.sh "$tree/tests/lib/"
cd "$tree" || exit
B=build
export B
unset T LIMIT

# expect WHAT STATUS LAST-LINE COMMAND...
expect()
{
	what=$1 status=$2 last=$3
	shift 3
	"$@" >said 2>&1
	got=$?
	if [ $got = "$status" ] && [ "$(tail -n 1 said)" = "$last" ]; then
		echo "ok $what"
	else
		echo "not ok $what: status $got"
		sed 's/^/# /' said
	fi
}
script() { printf '#!/bin/sh\n%s\n' "$2" >"$1"; chmod +x "$1"; }
run=tests/lib/run.sh

expect "no test is a failure" 1 "0 passed, 0 failed" $run

script tests/room/good.t 'echo ok one; echo ok two; echo skip three'
expect "counts what passed and what was skipped" 0 \
    "2 passed, 0 failed, 1 skipped" $run
expect "takes tests by part of their name" 0 \
    "2 passed, 0 failed, 1 skipped" $run om/goo

script tests/room/silent.t 'exit 0'
expect "a script without a test fails" 1 "0 passed, 1 failed" $run silent
script tests/room/dies.t 'echo ok one; exit 3'
expect "a script that dies fails" 1 "1 passed, 1 failed" $run dies
script tests/room/hangs.t 'echo ok one; sleep 60'
expect "a script that hangs fails" 1 "1 passed, 1 failed" \
    env LIMIT=1 $run hangs

# A stand-in for a cmocka program: the plan says three, two come.
: >tests/room/test_crash.c
script build/tests/room/test_crash \
    'echo 1..3; echo ok 1 - a; echo "not ok 2 # SKIP b"; kill -SEGV $$'
expect "a unit program that crashes fails" 1 \
    "1 passed, 1 failed, 1 skipped" $run test_crash
rm build/tests/room/test_crash
expect "a unit program that is not there fails" 1 \
    "0 passed, 1 failed" $run test_crash

# A stand-in for dabir.
script build/dabir 'cat "$2"; echo "$2:1:1: warning: so" >&2; exit 1'
echo text >tests/room/gold.md
echo text >tests/room/gold.doc.dump
expect "messages without a golden fail" 1 "1 passed, 1 failed" $run gold
echo other >tests/room/gold.doc.dump
expect "accepts dump and messages" 0 "2 passed, 0 failed" $run --accept gold
expect "what was accepted passes" 0 "2 passed, 0 failed" $run gold
echo more >>tests/room/gold.md
expect "a dump that differs fails" 1 "1 passed, 1 failed" $run gold

# Each rule of the linter, broken once.
git init -q .
mkdir -p src/doc src/para src/pdf build/lint/src/doc
echo '#include "para/para.h"' >src/doc/a.c
echo '#include <hpdf.h>' >src/para/b.c
echo '#include "para/private.h"' >src/pdf/c.c
echo see /home:somebody | tr : / >note.md
printf 'int x; \n' >src/doc/d.c
: >face.ttf
echo 'a warning' >build/lint/src/doc/a.said
script broken.sh 'if'
mkdir -p build/lint
echo 'an error' >build/lint/cppcheck
$PWD/tests/lib/lint.sh >said 2>&1
for rule in 'src/doc/a.c' cppcheck 'rooms include upwards only' \
    'libraries stay in their rooms' 'no paths or registries of a machine' \
    'no fonts, PDFs or binaries' 'no blanks at the end of a line' \
    'shell scripts can be read'; do
	if grep -q "^not ok $rule" said; then
		echo "ok lint sees: $rule"
	else
		echo "not ok lint sees: $rule"
		sed 's/^/# /' said
	fi
done
grep -q 'src/pdf/c.c:1: para/private.h is private to para/' said &&
    echo "ok lint sees: a private header" ||
    echo "not ok lint sees: a private header"
