#!/bin/sh
# setup/need.sh STAGE...
# setup/need.sh --update
#
# See that the Debian packages of these stages (setup/packages) are there, and
# install those that are not: the list and its size are printed first. A stage
# with a question mark behind it (npm?) is wished for, not needed.
#
# INSTALL=no installs nothing, nor can a user who is neither root nor has sudo
# without a password: then what lacks is named, with the command that brings
# it, and the exit status is 1 unless all of it was only wished for.
#
# `--update` only reads apt's lists anew, for who may.
#
# When nothing lacks this is one dpkg-query, some 20 ms, and no network.
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C

say() { echo "set-up: $*" >&2; }

# Packages of the stages in $1 that are not here.
lacking()
{
	want=
	lack=
	while read -r stage package probe _; do
		case " $1 " in
		*" $stage "*) ;;
		*) continue ;;
		esac
		case $stage in
		''|'#'*) continue ;;
		esac
		if [ "$probe" = - ]; then
			want="$want $package"
		elif ! command -v "$probe" >/dev/null; then
			lack="$lack $package"
		fi
	done <setup/packages
	if [ -n "$want" ]; then
		# dpkg-query fails when it has never heard of one of them.
		have=$(dpkg-query -W -f '${Package}:${db:Status-Status} ' \
		    $want 2>/dev/null) || :
		for package in $want; do
			case " $have" in
			*" $package:installed "*) ;;
			*) lack="$lack $package" ;;
			esac
		done
	fi
	echo "$lack" | tr ' ' '\n' | sort -u | tr '\n' ' ' |
	    sed 's/^ *//; s/ *$//'
}

# How to become root, in $sudo; fails for who cannot.
privilege()
{
	sudo=
	[ "$(id -u)" != 0 ] || return 0
	sudo='sudo -n'
	command -v sudo >/dev/null && $sudo true 2>/dev/null
}

apt()
{
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get -y -q \
	    -o Acquire::Retries=3 -o DPkg::Lock::Timeout=600 \
	    -o Dpkg::Use-Pty=0 "$@"
}

if [ "${1:-}" = --update ]; then
	privilege || exit 1
	apt -qq update
	exit
fi

needed=
wished=
for stage; do
	case $stage in
	*\?) wished="$wished ${stage%?}" ;;
	*) needed="$needed $stage" ;;
	esac
done

if ! command -v dpkg-query >/dev/null; then
	say "this is not Debian; setup/packages lists what has to be here"
	exit 0
fi

need=$(lacking "$needed")
wish=
[ -z "$wished" ] || wish=$(lacking "$wished")
[ -n "$need$wish" ] || exit 0

get="apt-get install --no-install-recommends"
if [ "${INSTALL:-yes}" = no ] || ! privilege; then
	[ -z "$need" ] || say "these packages lack: $need"
	[ -z "$wish" ] || say "wished for, not needed: $wish"
	say "nothing was installed; to bring them:"
	echo "    sudo $get" $need $wish >&2
	[ -z "$need" ]
	exit
fi

# The lists may be older than the archive, or not there at all.
known() { apt-cache show --no-all-versions "$1" >/dev/null 2>&1; }
for package in $need $wish; do
	if ! known "$package"; then
		say "reading the lists of packages anew"
		apt -qq update
		break
	fi
done
kept=
for package in $wish; do
	case " $need " in *" $package "*) continue ;; esac
	if known "$package"; then
		kept="$kept $package"
	else
		say "apt has no $package; going on without"
	fi
done

list=$(echo $need $kept)
[ -n "$list" ] || exit 0
say "to be installed, with what they depend on:"
echo "$list" | fold -s -w 72 | sed 's/^/    /' >&2
uris=$(apt-get -y -qq --print-uris --no-install-recommends install $list) || :
echo "$uris" | awk '/^\047/ { n++; size += $3 }
	END { printf "    %d packages, %.1f MB to download\n", n, size / 1e6 }' >&2

installed() { apt --no-install-recommends install $1 >&2; }

installed "$list" && exit
say "that failed; once more with fresh lists"
apt -qq update
installed "$list" && exit
# A wish must not cost the booklet.
[ -n "$kept" ] || exit 1
say "that failed too; now without $kept"
[ -z "$need" ] || installed "$need"
