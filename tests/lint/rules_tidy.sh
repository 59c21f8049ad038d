#!/bin/sh
# rules_tidy.sh - the rule files at hand are as `huzhu fmt` writes them.
cd "$(dirname "$0")/../.." || exit 1
changed=$(build/bin/huzhu fmt --check rulesets/beijing)
status=$?
if [ $status -eq 0 ]; then
    echo "1 passed, 0 failed"
else
    echo "FAILED: these files change by \`huzhu fmt rulesets/beijing\`:"
    echo "$changed"
    echo "0 passed, 1 failed"
fi
exit $status
