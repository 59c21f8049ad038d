#!/bin/sh
# resettle.sh - claims settled again under changed figures, against two plain runs: see resettle.py.
#
#   sh tests/cli/resettle.sh     the program is build/bin/huzhu, or $HUZHU_BIN
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
PYTHONDONTWRITEBYTECODE=1 python3 "$here/resettle.py" "${HUZHU_BIN:-$root/build/bin/huzhu}" "$root/rulesets/beijing" "${ORACLE_AGAIN:-200}" "${ORACLE_SEED:-20150701}"
