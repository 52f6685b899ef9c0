#!/bin/sh
# tests/lib/run.sh [--accept] [PATTERN]	all tests whose name contains PATTERN
# tests/lib/run.sh --only SCRIPT...	these scripts and nothing else
#
# Three kinds of tests, named ROOM/NAME after tests/ROOM:
#
#   unit     $B/tests/ROOM/test_NAME, a cmocka program; each case counts.
#   golden   NAME.md or NAME.yaml with NAME.STAGE.dump beside it: what
#            `dabir build --dump STAGE` prints, run from the file's folder.
#            NAME.msg is what the furthest of these stages says on stderr, or
#            the whole build where there is no dump. No NAME.msg means that
#            nothing may be said. NAME.args holds further arguments.
#   script   NAME.t, or run.sh of the rooms below; says `ok WHAT`,
#            `not ok WHAT` or `skip WHY` line by line, `#` lines are for the
#            reader. Runs from the top with DABIR (the program), B (the build
#            folder), TMP (an empty folder of its own) and, where it is there,
#            SHARED in its environment.
#
# The last line counts; the exit status is 1 when something failed, or when
# nothing ran. `--accept` shows how dumps and messages differ, then replaces
# them; an empty NAME.STAGE.dump is how a new one begins.
set -u

cd "$(dirname "$0")/../.."
root=$PWD
B=${B:-build}
case $B in /*) ;; *) B=$root/$B ;; esac
DABIR=$B/dabir
export B DABIR LC_ALL=C.UTF-8 TZ=UTC
[ ! -d ../shared ] || export SHARED="$root/../shared"

# An exit status that no program of ours has, so that a finding of the
# sanitizers is not taken for a mistake in a manuscript.
export ASAN_OPTIONS="${ASAN_OPTIONS:-exitcode=99:detect_stack_use_after_return=1}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1:exitcode=99}"

# Seconds that one test may take before it counts as hung.
LIMIT=${LIMIT:-600}
suites="extraction pdf layout import"

# What this run writes: a folder of its own, so that two runs may go on at the
# same time. It stays until the next run, for whoever wants to look.
run=$B/tests/run.$$

# --- one test ---------------------------------------------------------------

# Turn what a cmocka program or a script said ($1) into lines that begin with
# ok, not ok, skip or #, and add what its exit status $2 says beyond them.
told()
{
	awk -v name="$name" -v status="$2" '
	function label(s) {
		sub(/^(not )?ok */, "", s); sub(/^skip */, "", s)
		sub(/^[0-9]+ */, "", s); sub(/^- */, "", s)
		return name (s == "" ? "" : ": " s)
	}
	/^1\.\.[0-9]+/		{ plan += substr($0, 4); next }
	/^(not )?ok.*# *[Ss][Kk][Ii][Pp]/ { sub(/# *[Ss][Kk][Ii][Pp]/, "")
				  print "skip " label($0); n++; next }
	/^skip( |$)/		{ print "skip " label($0); n++; next }
	/^ok( |$)/		{ print "ok " label($0); n++; next }
	/^not ok( |$)/		{ print "not ok " label($0); n++; bad++; next }
	/^# (not )?ok - /	{ next }	# how cmocka ends a group
				{ sub(/^# ?/, ""); print "#   " $0 }
	END {
		if (status == 124)
			print "not ok " name ": took too long"
		else if (status != 0 && bad == 0)
			print "not ok " name ": ended with status " status
		else if (n < plan)
			print "not ok " name ": " plan - n " cases did not run"
		else if (n == 0)
			print "not ok " name ": no test in it"
	}' "$1"
}

one_unit()
{
	CMOCKA_MESSAGE_OUTPUT=TAP timeout $LIMIT "$B/tests/$name" \
	    >"$log.raw" 2>&1 </dev/null
	told "$log.raw" $?
}

one_script()
{
	TMP=$run/tmp/$(echo "$name" | tr / -)
	mkdir -p "$TMP"
	export TMP
	timeout $LIMIT "./tests/$name" >"$log.raw" 2>&1 </dev/null
	told "$log.raw" $?
}

# Compare golden $1 with the new text $2; $3 names the test.
compare()
{
	if [ -e "$1" ] && cmp -s "$1" "$2"; then
		echo "ok $3"
	elif [ -n "$accept" ]; then
		echo "# $3"
		diff -u --label "$1" --label now "$1" "$2" | sed 's/^/#   /'
		cp "$2" "$1"
		echo "ok $3: accepted"
	else
		echo "not ok $3"
		diff -u --label "$1" --label now "$1" "$2" | sed 's/^/#   /'
	fi
}

one_golden()
{
	room=${name%/*}
	stem=${name##*/}
	cd "tests/$room" || exit
	file=$stem.md
	[ -e "$file" ] || file=$stem.yaml
	scratch=$run/tmp/$room-$stem
	mkdir -p "$scratch"
	args=$(cat "$stem.args" 2>/dev/null)

	stages=
	for stage in doc shape para page html; do
		[ ! -e "$stem.$stage.dump" ] || stages="$stages $stage"
	done
	for stage in ${stages:-whole}; do
		dump="--dump $stage"
		[ $stage != whole ] || dump=
		timeout $LIMIT "$DABIR" build "$file" -o "$scratch" $dump \
		    $args >"$log.out" 2>"$log.err" </dev/null
		status=$?
		if [ $status -ge 2 ]; then
			echo "not ok $name: $stage: status $status"
			sed 's/^/#   /' "$log.err"
			continue
		fi
		[ $stage = whole ] ||
		    compare "$stem.$stage.dump" "$log.out" "$name.$stage.dump"
	done
	[ $status -lt 2 ] || return

	# $log.err is now what the furthest stage said.
	if [ -e "$stem.msg" ] || { [ -n "$accept" ] && [ -s "$log.err" ]; }; then
		[ -e "$stem.msg" ] || : >"$stem.msg"
		compare "$stem.msg" "$log.err" "$name.msg"
		[ -s "$stem.msg" ] || [ -z "$accept" ] || rm -f "$stem.msg"
	elif [ -s "$log.err" ]; then
		echo "not ok $name: messages, but no $stem.msg"
		sed 's/^/#   /' "$log.err"
	fi
}

if [ "${1:-}" = --one ]; then
	run=$2
	accept=$3
	kind=$4
	name=$5
	log=$run/$(echo "$name" | tr / -)
	"one_$kind" >"$log.tap" 2>&1
	rm -f "$log.raw" "$log.out" "$log.err"
	exit 0
fi

# --- which tests ------------------------------------------------------------

# Lines of `kind name`. Nothing here depends on what was built: a unit program
# that did not link is a test that fails.
every_test()
{
	for f in tests/*/test_*.c; do
		[ ! -e "$f" ] || echo "unit ${f%.c}"
	done
	for f in tests/*/*.dump tests/*/*.msg; do
		[ -e "$f" ] || continue
		case $f in
		*.dump) f=${f%.dump}; f=${f%.*} ;;
		*.msg) f=${f%.msg} ;;
		esac
		echo "golden $f"
	done | sort -u
	for f in tests/*/*.t; do
		[ ! -e "$f" ] || echo "script $f"
	done
	for room in $suites; do
		[ ! -e tests/$room/run.sh ] || echo "script tests/$room/run.sh"
	done
}

accept=
pattern=
case ${1:-} in
--only)
	shift
	tests=$(for f; do echo "script ${f#tests/}"; done)
	;;
*)
	if [ "${1:-}" = --accept ]; then
		accept=yes
		shift
	fi
	pattern=${1:-}
	tests=$(every_test | sed 's| tests/| |' | while read -r kind name; do
		[ -z "$accept" ] || [ "$kind" = golden ] || continue
		case $name in
		*$pattern*) echo "$kind $name" ;;
		esac
	done)
	;;
esac

# --- run and report ---------------------------------------------------------

for old in "$B"/tests/run.*; do
	kill -0 "${old##*.}" 2>/dev/null || rm -rf "$old"
done
mkdir -p "$run"
echo "$tests" | sed '/^$/d' |
    xargs -r -P "$(nproc)" -n 2 "$0" --one "$run" "$accept"

# In the order of the list, not in the order of ending: a line for each test,
# and all that was said by those that have something to say.
echo "$tests" | sed '/^$/d' | while read -r _ name; do
	cat "$run/$(echo "$name" | tr / -).tap" 2>/dev/null ||
	    echo "not ok $name: left no result"
	echo "= $name"
done | tee "$run/all.tap" | awk -v accept="$accept" '
	/^ok /		{ ok++; passed++ }
	/^not ok /	{ bad++; failed++ }
	/^skip /	{ skip++; skipped++ }
	/^= /		{
		printf "%-4s %-40s %4d", bad ? "FAIL" : ok ? "ok" : "skip",
		    $2, ok
		if (bad) printf " failed: %d", bad
		if (skip) printf " skipped: %d", skip
		printf "\n"
		if (bad || skip || accept) printf "%s", said
		ok = bad = skip = 0; said = ""; next
	}
	/^#/ || !/^ok /	{ said = said "    " $0 "\n" }
	END {
		printf "\n%d passed, %d failed", passed, failed
		if (skipped) printf ", %d skipped", skipped
		printf "\n"
		exit failed > 0 || passed + skipped == 0
	}'
