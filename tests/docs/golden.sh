#!/bin/sh
# golden.sh - tests/golden/README.md names every golden folder of rule files, and every code of a load error has a
# golden file or an excuse there.
cd "$(dirname "$0")/../.." || exit 1
page=tests/golden/README.md
passed=0
failed=0
for folder in tests/golden/rules/*/; do
    name=$(basename "$folder")
    if grep -qF "\`$name\`" $page; then
        passed=$((passed + 1))
    else
        echo "FAILED: $page does not name \`$name\`"
        failed=$((failed + 1))
    fi
done
for code in $(sed -nE 's/^HZ_CODE\((E_[A-Z_0-9]+),.*/\1/p' lib/source/codes.def); do
    if grep -qF "[$code]" tests/golden/rules/*/expected.txt tests/golden/examples/*/expected.txt tests/golden/*.txt || grep -q "Excused:.*$code\b\|^\`tests.*$code\b" $page; then
        passed=$((passed + 1))
    else
        echo "FAILED: no golden file shows $code"
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
