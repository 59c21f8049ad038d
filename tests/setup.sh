#!/bin/sh
# setup.sh - what the build (and with `tests` the tests) needs from Debian: installs what is missing by apt-get, as root
# or through sudo; where it can't, it names the packages. Does nothing, quickly, when all is there.
#
#   sh tests/setup.sh [tests]
set -u
missing=""

# need PACKAGE TEST…: the package is missing when the test fails.
need() {
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}

header() {
    for folder in /usr/include /usr/local/include; do
        [ -e "$folder/$1" ] && return 0
    done
    return 1
}

compiles() {
    printf 'int main(void) { return 0; }\n' | clang -fsanitize=address,fuzzer-no-link -x c - -o /dev/null
}

need gcc gcc --version
need libc6-dev header stdio.h
need cmake cmake --version
need ninja-build ninja --version
need pkg-config pkg-config --version
need libyaml-dev header yaml.h
need libmd-dev header sha2.h
need libpcre2-dev header pcre2.h
need libutf8proc-dev header utf8proc.h
if [ "${1:-}" = tests ]; then
    need g++ g++ --version
    need binutils objdump --version
    need libcriterion-dev header criterion/criterion.h
    need clang clang --version
    # Named after clang's version: 14 is the one that Debian 12 installs.
    version=$(clang -dumpversion 2>/dev/null | cut -d. -f1)
    need "libclang-rt-${version:-14}-dev" compiles
    need valgrind valgrind --version
    need sqlite3 sqlite3 --version
    need libsqlite3-dev header sqlite3ext.h
    need openjdk-17-jdk-headless javac -version
    need maven mvn --version
    need postgresql sh -c 'ls /usr/lib/postgresql/*/bin/initdb'
    need python3 python3 --version
    need python3-venv python3 -c 'import ensurepip'
    need python3-dev /usr/bin/python3 -c 'import os, sysconfig; os.stat(sysconfig.get_path("include") + "/Python.h")'
    # A font with Chinese, for the figures that Python draws.
    need fonts-wqy-zenhei sh -c 'ls /usr/share/fonts/*/*/* | grep -qiE "wqy-zenhei|NotoSansCJK"'
    need python3-jsonschema /usr/bin/python3 -c 'import jsonschema'
    need python3-yaml /usr/bin/python3 -c 'import yaml'
    # Python's own tests, which bring the decTest cases.
    version=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
    need "libpython${version:-3.11}-testsuite" test -r "/usr/lib/python${version:-3.11}/test/decimaltestdata/dqAdd.decTest"
fi
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=""
elif sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    echo "These packages are missing, and this user cannot install them. As root:" >&2
    echo "    apt-get install -y --no-install-recommends$missing" >&2
    exit 1
fi
echo "installing:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
install() {
    # shellcheck disable=SC2086 # a list of words
    $as_root apt-get -o DPkg::Lock::Timeout=300 install -y -q --no-install-recommends $missing >"$log" 2>&1
}
if ! install; then
    $as_root apt-get update -q >"$log" 2>&1 || true
    if ! install; then
        cat "$log" >&2
        echo "could not install:$missing" >&2
        rm -f "$log"
        exit 1
    fi
fi
rm -f "$log"
