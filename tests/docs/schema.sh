#!/bin/sh
# schema.sh - docs/schema is what `huzhu schema` prints, and no older; rule files that are right validate, those that are
# wrong in shape do not (schema.py, with Python's jsonschema and PyYAML).
#
#   sh tests/docs/schema.sh             the program is build/bin/huzhu, or $HUZHU
#   sh tests/docs/schema.sh --accept    writes docs/schema
cd "$(dirname "$0")/../.." || exit 1
huzhu=${HUZHU:-build/bin/huzhu}
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work" "$work".*' EXIT
failed=0
for kind in ruleset plan table examples; do
    "$huzhu" schema $kind >"$work/$kind.schema.json" || failed=$((failed + 1))
    [ "${1:-}" = --accept ] && cp "$work/$kind.schema.json" docs/schema/
done
if ! diff -ru docs/schema "$work" >"$work.diff"; then
    echo "FAILED: docs/schema is older than lib/rules/keys.def: sh tests/docs/schema.sh --accept"
    head -n 20 "$work.diff"
    failed=$((failed + 1))
fi
python=""
for each in python3 /usr/bin/python3; do
    [ -n "$python" ] || ! "$each" -c 'import jsonschema, yaml; jsonschema.Draft202012Validator' 2>"$work.python" || python=$each
done
if [ -z "$python" ]; then
    echo "FAILED: Python's jsonschema and PyYAML are not there: sh tests/setup.sh tests"
    echo "$((failed == 0)) passed, $((failed + 1)) failed"
    exit 1
fi
line=$($python -B tests/docs/schema.py docs/schema rulesets examples tests/golden/rules/good -- tests/golden/rules/*/)
printf '%s\n' "$line" | sed '$d'
line=$(printf '%s\n' "$line" | tail -n 1)
passed=${line%% passed*}
more=${line#*, }
failed=$((failed + ${more%% failed*}))
echo "$((passed + 1)) passed, $failed failed"
[ $failed -eq 0 ]
