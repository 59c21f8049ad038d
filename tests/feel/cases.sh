#!/bin/sh
# cases.sh - the conformance cases (data that is not part of the project): every value must be right, but for the
# exceptions with their reasons; every expression to be refused must be refused.
cd "$(dirname "$0")/../.." || exit 1
cases=${HUZHU_FEEL_CASES:-../shared/feel}
if [ ! -r "$cases/cases.jsonl" ]; then
    echo "the conformance cases are not there: set HUZHU_FEEL_CASES to their folder"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
exec python3 tests/feel/cases.py "${HUZHU:-build/bin/huzhu}" "$cases" tests/feel/exceptions.txt
