#!/bin/sh
# explain.sh - explanations and plans as people read them, compared byte for byte with tests/golden/explain/*.txt: each was
# read aloud before it was taken. Hashes of rulesets and the command line's own headings are left out.
#
#   sh tests/golden/explain.sh            the program is build/bin/huzhu, or $HUZHU
#   sh tests/golden/explain.sh --accept   writes what is printed: then read the difference
#
# The last line is `N passed, N failed`.
set -u
cd "$(dirname "$0")/../.." || exit 3
huzhu=${HUZHU:-build/bin/huzhu}
golden=tests/golden/explain
accept=no
[ "${1:-}" = --accept ] && accept=yes
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# one NAME ARGUMENT…: what the program prints against NAME.txt.
one() {
    name=$1
    shift
    "$huzhu" "$@" 2>"$work/err" >"$work/raw"
    status=$?
    sed -E '/^── /d; s/SHA-256 [0-9a-f]{12}$/SHA-256 …/; s/"sha256":"[0-9a-f]{64}"/"sha256":"…"/' "$work/raw" >"$work/out"
    [ $accept = yes ] && cp "$work/out" "$golden/$name.txt"
    if [ $status -gt 1 ]; then
        echo "FAILED $name: exit status $status"
        cat "$work/err"
        failed=$((failed + 1))
    elif ! diff -u "$golden/$name.txt" "$work/out" >"$work/diff"; then
        echo "FAILED $name"
        cat "$work/diff"
        failed=$((failed + 1))
    else
        passed=$((passed + 1))
    fi
}

# The example claims, settled one after another.
claims=examples/claims/inpatient-allowance.ndjson
beijing="rulesets/beijing --plan inpatient-allowance"
one claims.zh explain $beijing --carry $claims
one claims.en explain $beijing --carry --lang en $claims
one claims.json explain $beijing --carry --json $claims
head -n 1 $claims >"$work/first.ndjson"
one counters-missing.zh explain $beijing "$work/first.ndjson"
one scenario.en explain $beijing --fresh --lang en --set 'inpatient-allowance.daily_amount=60 from 2024-01-01' "$work/first.ndjson"

# The other plans: tables that plans share, flags, what nobody published, several stays.
one womens.zh explain rulesets/beijing --plan womens-diseases --carry examples/claims/womens-diseases.ndjson
one medical.en explain rulesets/beijing --plan medical-reimbursement --carry --lang en examples/claims/medical-reimbursement.ndjson

# A stay continued by a transfer; amounts that nobody published, and a code that contradicts; a difference; a split.
one inpatient-medical.en explain rulesets/beijing --plan inpatient-medical --carry --lang en examples/claims/inpatient-medical.ndjson
one critical.zh explain rulesets/beijing --plan critical-illness --carry examples/claims/critical-illness.ndjson
one group-accident.zh explain rulesets/beijing --plan group-accident --carry examples/claims/group-accident.ndjson
one child-accident.en explain rulesets/beijing --plan child-accident --carry --lang en examples/claims/child-accident.ndjson

# A made-up plan with what the real one lacks: several benefits, absences of every kind, rounding, enrolment.
relief="$golden/relief --plan household-relief"
one relief.zh explain $relief --fresh $golden/relief/claims.ndjson
one relief.en explain $relief --fresh --lang en $golden/relief/claims.ndjson
one relief.json explain $relief --fresh --json --lang en $golden/relief/claims.ndjson

# Bracket scales: the brackets that took part, and those that nobody published.
scales="$golden/scales --plan slices"
one scales.zh explain $scales --fresh $golden/scales/claims.ndjson
one scales.en explain $scales --fresh --lang en $golden/scales/claims.ndjson
one scales.json explain $scales --fresh --json --lang en $golden/scales/claims.ndjson
one show-scales-2012.en show $golden/scales slices --on 2012-02 --lang en
one show-scales-2018.zh show $golden/scales slices --on 2018-02

# Numbers of 34 digits: quotients, powers, what leads back to 64 bits; and what the checker says of each.
wide="tests/golden/wide/rules --plan loan"
one wide.en explain $wide --carry --lang en tests/golden/wide/claims.ndjson
one wide-types check tests/golden/wide/rules --explain-types
one wide-types.json check tests/golden/wide/rules --explain-types --json

# Texts and times: parts of them in formulas, those that cannot be read, patterns.
texts="$golden/texts --plan night-admission"
one texts.zh explain $texts --fresh $golden/texts/claims.ndjson
one texts.en explain $texts --fresh --lang en $golden/texts/claims.ndjson
one texts.json explain $texts --fresh --json --lang en $golden/texts/claims.ndjson

# What is taken back, and more of it than is paid.
negative="tests/golden/negative/rules --plan takes-back"
one negative.zh explain $negative --carry tests/golden/negative/claims.ndjson
one negative.en explain $negative --carry --lang en tests/golden/negative/claims.ndjson
one negative.json explain $negative --carry --json tests/golden/negative/claims.ndjson
one show-negative.en show tests/golden/negative/rules takes-back --on 2016-01 --lang en

# Tables that give texts: the row of each text, and the texts in formulas.
tables="tests/golden/tables/rules --plan tables"
one tables.zh explain $tables --fresh tests/golden/tables/claims.ndjson
one tables.json explain $tables --fresh --json --lang en tests/golden/tables/claims.ndjson
one show-tables.zh show tests/golden/tables/rules tables --on 2016-01

# Plans as they stood on a day.
for day in 2014-01-01 2015-07 2010-01-01; do
    one "show-$day.zh" show rulesets/beijing inpatient-allowance --on $day
    one "show-$day.en" show rulesets/beijing inpatient-allowance --on $day --lang en
done
one show-womens-2015.zh show rulesets/beijing womens-diseases --on 2015-05
one show-medical-2023.en show rulesets/beijing medical-reimbursement --on 2023-05 --lang en
one show-relief-2013.zh show $golden/relief household-relief --on 2013-01-01
one show-relief-2021.en show $golden/relief household-relief --on 2021-01-01 --lang en
one show-relief-2031.zh show $golden/relief household-relief --on 2031-01-01

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
