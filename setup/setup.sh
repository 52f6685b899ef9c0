#!/bin/sh
# setup/setup.sh build|check|lint|fuzz|fonts...
#
# All that has to be here before make can do what it was asked for: packages,
# faces, profiles, judges. When it is, this takes a few hundredths of a second
# and no network, so every target of the Makefile begins with it.
set -eu
cd "$(dirname "$0")"

stages=
fonts=
for goal; do
	case $goal in
	fonts)
		# Asked for by name: try again what failed before.
		rm -f ../fonts/files/.failed
		stages="$stages build npm?" ;;
	build)
		stages="$stages build"
		# npm is only for the faces, and Debian's can stand in.
		./fonts.sh --done || stages="$stages npm?" ;;
	*)
		stages="$stages $goal" ;;
	esac
done

./need.sh $stages
./fonts.sh
./words.sh
./icc.sh
case " $stages " in
*" check "*)
	./judges.sh
	./verapdf.sh ;;
esac
