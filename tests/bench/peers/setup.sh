#!/bin/sh
# setup.sh - an environment below build/ with the peers of requirements.txt, from PyPI. What cannot be installed is named, and
# the others are measured all the same. The last line is its python; nothing and status 1 where there is none at all.
#
#   sh tests/bench/peers/setup.sh
set -u
cd "$(dirname "$0")/../../.." || exit 1
env=build/peers-env
list=tests/bench/peers/requirements.txt
if ! cmp -s "$list" "$env/installed.txt"; then
    if ! python3 -m venv "$env" >/dev/null; then
        echo "no environment for peers in Python (python3 -m venv, of Debian's python3-venv)" >&2
        exit 1
    fi
    missing=""
    while read -r package; do
        "$env/bin/pip" install -q --disable-pip-version-check "$package" >/dev/null 2>&1 || missing="$missing $package"
    done <"$list"
    if [ -n "$missing" ]; then echo "not installed, and not measured:$missing" >&2; else cp "$list" "$env/installed.txt"; fi
fi
echo "$env/bin/python"
