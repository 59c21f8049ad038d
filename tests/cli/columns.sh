#!/bin/sh
# columns.sh - `huzhu run` answers generated claims of every plan as `huzhu eval` does: see columns.py.
#
#   sh tests/cli/columns.sh    the program is build/bin/huzhu, or $HUZHU_BIN; COLUMNS_CLAIMS and ORACLE_SEED choose others
root=$(cd "$(dirname "$0")/../.." && pwd)
exec python3 -B "$root/tests/cli/columns.py" "${HUZHU_BIN:-$root/build/bin/huzhu}" "$root/rulesets/beijing" "${COLUMNS_CLAIMS:-150}" "${ORACLE_SEED:-20150701}"
