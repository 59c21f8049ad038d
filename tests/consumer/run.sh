#!/bin/sh
# run.sh - a stranger's programs against the installed tree: C11 and C++17, by pkg-config and find_package, shared and
# static; and the examples in C.
cd "$(dirname "$0")/../.." || exit 1
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

try() { # NAME COMMAND…
    what=$1
    shift
    if "$@" >"$work/log" 2>&1; then
        passed=$((passed + 1))
    else
        echo "FAILED: $what"
        sed 's/^/    /' "$work/log"
        failed=$((failed + 1))
    fi
}

try "install" cmake --install build --prefix "$work/usr"
pc=$(dirname "$(find "$work/usr" -name huzhu.pc)")
libs=$(dirname "$(find "$work/usr" -name libhuzhu.so)")
export PKG_CONFIG_PATH="$pc"
strict="-Wall -Wextra -Wpedantic -Werror"
flags=$(pkg-config --cflags --libs huzhu)
static_flags="$(pkg-config --cflags huzhu) $libs/libhuzhu.a $(pkg-config --static --libs-only-l huzhu | sed 's/-lhuzhu//')"
run() { LD_LIBRARY_PATH="$libs" "$@"; }

# Runs an example; what it prints must be what expected/ has, where it has anything.
example() {
    run "$work/$1" "$root/rulesets/beijing" >"$work/printed" || return 1
    [ ! -e "$root/tests/consumer/expected/$1.txt" ] || diff -u "$root/tests/consumer/expected/$1.txt" "$work/printed"
}

# shellcheck disable=SC2086 # lists of flags
{
    try "C11, shared" gcc -std=c11 $strict "$root/tests/consumer/consumer.c" $flags -o "$work/c_shared"
    try "C11, static" gcc -std=c11 $strict "$root/tests/consumer/consumer.c" $static_flags -o "$work/c_static"
    try "C++17, shared" g++ -std=c++17 $strict "$root/tests/consumer/consumer.cpp" $flags -o "$work/cpp_shared"
    try "C++17, static" g++ -std=c++17 $strict "$root/tests/consumer/consumer.cpp" $static_flags -o "$work/cpp_static"
    for source in "$root"/examples/c/*.c; do
        [ -e "$source" ] || continue
        name=$(basename "$source" .c)
        try "example $name" gcc -std=c11 $strict "$source" $flags -o "$work/$name"
        try "example $name runs" example "$name"
    done
}
for program in c_shared c_static cpp_shared cpp_static; do
    try "$program runs" run "$work/$program" "$work/usr/share/huzhu/rulesets/beijing"
done
cp "$root/tests/consumer/consumer.c" "$root/tests/consumer/consumer.cpp" "$work/"
cp "$root/tests/consumer/find_package.cmake" "$work/CMakeLists.txt"
try "find_package, configure" cmake -S "$work" -B "$work/cmake" -G Ninja -D CMAKE_PREFIX_PATH="$work/usr" \
    -D CMAKE_C_FLAGS="-std=c11 $strict" -D CMAKE_CXX_FLAGS="-std=c++17 $strict"
try "find_package, build" cmake --build "$work/cmake"
try "find_package, shared runs" run "$work/cmake/with_shared" "$root/rulesets/beijing"
try "find_package, static runs" "$work/cmake/with_static" "$root/rulesets/beijing"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
