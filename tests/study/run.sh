#!/bin/sh
# run.sh - studies of random scenarios over random claims of every plan, against rulesets that are loaded with the settings.
#
#   sh tests/study/run.sh     the programs are build/bin/huzhu and build/bin/check_study
#
# STUDY_CLAIMS, STUDY_SCENARIOS and STUDY_SEED choose others. The last line is `N passed, N failed`.
set -u
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PYTHONDONTWRITEBYTECODE=1 python3 tests/study/study.py build/bin/check_study build/bin/huzhu rulesets/beijing "$work" \
    "${STUDY_CLAIMS:-600}" "${STUDY_SCENARIOS:-25}" "${STUDY_SEED:-20150701}"
