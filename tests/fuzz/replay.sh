#!/bin/sh
# replay.sh - every fuzz harness over its corpus, under the sanitizers: a file that crashes is a failure.
cd "$(dirname "$0")/../.." || exit 1
passed=0
failed=0
for program in build/asan/bin/fuzz_*_replay; do
    name=$(basename "$program" _replay)
    corpus=tests/fuzz/corpus/${name#fuzz_}
    if out=$("$program" "$corpus" 2>&1); then
        passed=$((passed + 1))
    else
        echo "FAILED: $name"
        printf '%s\n' "$out" | tail -n 40
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
