#!/bin/sh
# decisions.sh - every decision line has the form that hosts are promised, whatever the claim: decisions.py over random
# claims of all plans here, in each way of giving counters and in both languages.
#
#   sh tests/golden/decisions.sh        the program is build/bin/huzhu, or $HUZHU
#
# DECISIONS_SEED and DECISIONS_CLAIMS choose other claims. The last line is `N passed, N failed`.
set -u
cd "$(dirname "$0")/../.." || exit 3
rules=tests/golden
exec python3 -B $rules/decisions.py "${HUZHU:-build/bin/huzhu}" "${DECISIONS_CLAIMS:-300}" "${DECISIONS_SEED:-20150701}" \
    rulesets/beijing $rules/packages/rules $rules/packages/shared $rules/packages/readings $rules/explain/relief \
    $rules/explain/scales $rules/explain/texts $rules/wide/rules
