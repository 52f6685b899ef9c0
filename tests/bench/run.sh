#!/bin/sh
# make bench: build/dabir on the real book and on long ones. DABIR and B come
# from the Makefile, with defaults for running by hand.
set -eu
here=$(dirname "$0")
exec python3 "$here/run.py" "${DABIR:-build/dabir}" "${B:-build}"
