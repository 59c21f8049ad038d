#!/bin/sh
# packages.sh - events under several plans and packages, in JSON and in words, against what a host and a clerk must get:
# all lines of packages/*.ndjson through the commands below, compared with packages/NAME.txt byte for byte. The hash of
# the ruleset is left out.
#
#   sh tests/golden/packages.sh            the program is build/bin/huzhu, or $HUZHU
#   sh tests/golden/packages.sh --accept   writes what is printed: then read the difference
#
# The last line is `N passed, N failed`.
set -u
here=$(cd "$(dirname "$0")" && pwd)
huzhu=${HUZHU:-$here/../../build/bin/huzhu}
accept=no
[ "${1:-}" = --accept ] && accept=yes
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# one NAME COMMAND…: runs the program on the rules, compares both its outputs with packages/NAME.txt.
one() {
    expected=$here/packages/$1.txt
    shift
    (cd "$here/packages" && "$huzhu" "$@") >"$work/out" 2>&1
    LC_ALL=C sed -E 's/,"ruleset":\{.*\}\}$/}/; s/(SHA-256) [0-9a-f]{12}/\1 .../' "$work/out" >"$work/got"
    [ $accept = yes ] && cp "$work/got" "$expected"
    if diff -u "$expected" "$work/got" >"$work/diff"; then
        passed=$((passed + 1))
    else
        echo "FAILED $expected: another output than expected"
        cat "$work/diff"
        failed=$((failed + 1))
    fi
}

one readings.taken eval readings --plan both --lang en readings.ndjson
one readings.other eval readings --plan both --lang en --set tables.sites:=notice --set both.women.most:=high readings.ndjson
one readings.explain.zh explain readings --plan both readings.ndjson
one readings.explain.en explain readings --plan women --lang en readings.ndjson
one readings.show.en show readings women --on 2016-01 --lang en
one sets.women eval sets --plan women --lang en sets.ndjson
one sets.taken eval sets --plan women --lang en --set women.in_situ:=notice sets.ndjson
one sets.both eval sets --plan both --lang en sets.ndjson
one sets.both.taken eval sets --plan both --lang en --set women.in_situ:=notice --set both.women.in_situ:=high sets.ndjson
one sets.both.set eval sets --plan both --lang en --set 'both.women.in_situ = ["breast", "cervix"] from 2016-01' sets.ndjson
one sets.plain eval sets --plan plain --lang en sets.ndjson
one sets.explain.zh explain sets --plan women sets.ndjson
one sets.explain.en explain sets --plan both --lang en sets.ndjson
one sets.explain.json explain sets --plan women --json sets.ndjson
one sets.show.women.en show sets women --on 2016-02 --lang en
one sets.show.both.zh show sets both --on 2018-01
one sets.handbook.en handbook sets --lang en
one sets.figures figures sets
one scales.figures figures scales
one scales.handbook.en handbook scales --lang en
one scales.handbook.zh handbook scales
one events.fresh settle rules --fresh --lang en events.ndjson
one events.carry settle rules --carry events.ndjson
one events.bare settle rules --lang en events.ndjson
one events.counters counters rules events.ndjson
one events.explain.zh explain rules --fresh events.ndjson
one events.explain.en explain rules --fresh --lang en events.ndjson
one events.explain.json explain rules --fresh --json events.ndjson
one packages.plans plans rules
one packages.plans.json plans rules --json
one packages.inputs.basic inputs rules basic
one packages.inputs.double inputs rules double --json
one packages.show.basic.zh show rules basic --on 2020-01
one packages.show.double.en show rules double --on 2020-01 --lang en
one basic.fresh eval rules --plan basic --fresh --lang en basic.ndjson
one basic.carry eval rules --plan basic --carry basic.ndjson
one basic.bare eval rules --plan basic basic.ndjson
one basic.counters counters rules --plan basic basic.ndjson
one basic.explain.zh explain rules --plan basic --fresh basic.ndjson
one basic.explain.en explain rules --plan basic --fresh --lang en basic.ndjson
one basic.explain.json explain rules --plan basic --fresh --json basic.ndjson
one double.fresh eval rules --plan double --fresh --lang en double.ndjson
one double.explain.zh explain rules --plan double --fresh double.ndjson
one packages.test test rules
one shared.test test shared

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
