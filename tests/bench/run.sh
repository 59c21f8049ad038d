#!/bin/sh
# run.sh - builds a release and measures: a single claim through the C interface, and rows in columns, each next to the
# same rules written by hand. Nothing is printed for answers that differ.
#
#   sh tests/bench/run.sh
set -u
cd "$(dirname "$0")/../.." || exit 1
sh tests/setup.sh tests || exit 1
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { cmake --preset release -D HUZHU_TESTS=ON && cmake --build --preset release --target bench_single bench_columns; } >"$log" 2>&1; then
    cat "$log" >&2
    echo "the build failed; the lines above say why" >&2
    exit 1
fi
build/bin/bench_single rulesets/beijing || exit 1
echo
build/bin/bench_columns rulesets/beijing || exit 1
