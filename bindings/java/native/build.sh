#!/bin/sh
# build.sh - builds the library for the JVM and lays out what the jar needs of the project. Maven calls it.
#
#   sh build.sh TARGET      TARGET/java: the classes that SWIG writes; TARGET/resources: native library, rulesets, their lists
#
# SWIG must be 4.4.1 or later; where there is none it is taken from PyPI, into TARGET. JAVA_HOME names the JDK.
# HUZHU_PRESET, of CMakePresets.json, is release unless set.
set -eu
target=$1
preset=${HUZHU_PRESET:-release}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
mkdir -p "$target"
target=$(cd "$target" && pwd)
: "${JAVA_HOME:=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}"
export JAVA_HOME

new_enough() {
    version=$("$1" -version 2>/dev/null | sed -n 's/^SWIG Version //p')
    [ -n "$version" ] && [ "$(printf '4.4.1\n%s\n' "$version" | sort -V | head -n 1)" = 4.4.1 ]
}

swig=$(command -v swig || true)
if [ -z "$swig" ] || ! new_enough "$swig"; then
    swig=$target/swig/bin/swig
    if ! new_enough "$swig"; then
        python3 -m venv "$target/swig"
        "$target/swig/bin/pip" install -q --disable-pip-version-check 'swig>=4.4.1'
    fi
fi

cd "$root"
build=build
[ "$preset" = release ] || build=build/$preset
log=$target/build.log
{ cmake --preset "$preset" -D HUZHU_JAVA=ON -D HUZHU_SWIG="$swig" -D HUZHU_JDK="$JAVA_HOME" &&
    cmake --build "$build" --target huzhu_java; } >"$log" 2>&1 || {
    cat "$log" >&2
    exit 1
}

rm -rf "$target/java" "$target/resources"
mkdir -p "$target/java"
cp -R "$build/bindings/java/native/java/." "$target/java"

# sum_list FOLDER: `HASH  PATH` of each file in it, so that a jar with a piece missing is noticed.
sum_list() {
    (cd "$1" && find . -type f ! -name list | LC_ALL=C sort | sed 's#^\./##' | xargs sha256sum)
}

machine=$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
native=$target/resources/org/huzhu/native/$machine
mkdir -p "$native"
cp "$build/lib/libhuzhu_java.so" "$native"
[ "$preset" != release ] || strip --strip-unneeded "$native/libhuzhu_java.so"
sum_list "$native" >"$native/list"

for folder in "$root"/rulesets/*/; do
    name=$(basename "$folder")
    mkdir -p "$target/resources/org/huzhu/rulesets/$name"
    (cd "$folder" && find . -name '*.yaml' ! -name '*.examples.yaml' -exec cp --parents {} "$target/resources/org/huzhu/rulesets/$name" \;)
    sum_list "$target/resources/org/huzhu/rulesets/$name" >"$target/resources/org/huzhu/rulesets/$name/list"
done
