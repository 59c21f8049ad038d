#!/bin/sh
# schema.sh - docs/schema is what `huzhu schema` prints, and no older; rule files that are right validate, those that are
# wrong in shape do not (schema.py). Python's jsonschema and PyYAML are taken where they are, or put into a venv below
# build/; without network that half is skipped.
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
python=python3
if ! python3 -c 'import jsonschema, yaml; jsonschema.Draft202012Validator' 2>/dev/null; then
    python=build/venv/bin/python3
    if ! $python -c 'import jsonschema, yaml' 2>/dev/null; then
        python3 -m venv build/venv >"$work.venv" 2>&1 && timeout 120 build/venv/bin/pip install -q jsonschema pyyaml >>"$work.venv" 2>&1
    fi
    if ! $python -c 'import jsonschema, yaml' 2>/dev/null; then
        echo "skipped: Python's jsonschema is not there and cannot be had"
        [ $failed -eq 0 ] && echo "1 passed, 0 failed, 1 skipped" || echo "0 passed, $failed failed, 1 skipped"
        [ $failed -eq 0 ]
        exit
    fi
fi
line=$($python -B tests/docs/schema.py docs/schema rulesets examples tests/golden/rules/good -- tests/golden/rules/*/)
printf '%s\n' "$line" | sed '$d'
line=$(printf '%s\n' "$line" | tail -n 1)
passed=${line%% passed*}
more=${line#*, }
failed=$((failed + ${more%% failed*}))
echo "$((passed + 1)) passed, $failed failed"
[ $failed -eq 0 ]
