#!/bin/sh
# rule_files.sh - the rule files in docs/rule-files.md are right where it says so, and wrong as it says. What each block
# of the document stands for is told in rule_files.py.
#
#   sh tests/docs/rule_files.sh             the program is build/bin/huzhu, or $HUZHU
#   sh tests/docs/rule_files.sh --accept    writes what is printed now into the document: then read the difference
cd "$(dirname "$0")/../.." || exit 1
exec python3 -B tests/docs/rule_files.py docs/rule-files.md "${HUZHU:-build/bin/huzhu}" lib/rules/keys.def "$@"
