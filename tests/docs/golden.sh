#!/bin/sh
# golden.sh - tests/golden/README.md names the folders that there are and no others, and every code of a load error has a golden
# file or an excuse there.
cd "$(dirname "$0")/../.." || exit 1
page=tests/golden/README.md
passed=0
failed=0
for name in $(sed -n '/^| the format says/,/^$/p' $page | grep -oE '`[^` ]+`' | tr -d '`' | grep -E '^(\.\./)?[a-z0-9-]+(/[a-z-]+)?$' | sort -u); do
    if [ -d "tests/golden/rules/$name" ]; then
        passed=$((passed + 1))
    else
        echo "FAILED: $page names \`$name\`, which is not there"
        failed=$((failed + 1))
    fi
done
for folder in tests/golden/rules/*/ tests/golden/examples/*/; do
    name=${folder#tests/golden/rules/}
    name=${name#tests/golden/}
    case $name in examples/*) name=../$name ;; esac
    if sed -n '/^| the format says/,/^$/p' $page | grep -qF "\`${name%/}\`"; then
        passed=$((passed + 1))
    else
        echo "FAILED: $page does not name \`${name%/}\`: what does the format say that it shows?"
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
