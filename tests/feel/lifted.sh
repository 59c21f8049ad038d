#!/bin/sh
# lifted.sh - the conformance cases (data that is not part of the project) once more, their literals and inputs in columns
# of 1, 7 and 1,025 rows: the same answers.
cd "$(dirname "$0")/../.." || exit 1
cases=${HUZHU_FEEL_CASES:-../shared/feel}
if [ ! -r "$cases/cases.jsonl" ]; then
    echo "the conformance cases are not there: set HUZHU_FEEL_CASES to their folder"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
exec timeout 60 "${HUZHU_LIFTED:-build/bin/huzhu_lifted}" "$cases/cases.jsonl" tests/feel/lifted.txt
