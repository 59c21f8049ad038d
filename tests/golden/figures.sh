#!/bin/sh
# figures.sh - each figure of the programme's text stands in a rule file with its date, value and status, or states no rule.
# tests/golden/figures has the table and what is compared.
#
#   sh tests/golden/figures.sh        the program is build/bin/huzhu, or $HUZHU
#
# HUZHU_PROGRAMME names the text or the folder with programme-2020.txt: then it is compared, number by number; without it
# that part is skipped. The last line is `N passed, N failed`.
cd "$(dirname "$0")/../.." || exit 3
text=${HUZHU_PROGRAMME:-}
[ -d "$text" ] && text=$text/programme-2020.txt
[ -f "$text" ] || text=
exec python3 -B tests/golden/figures/figures.py tests/golden/figures/programme-2020.txt "${HUZHU:-build/bin/huzhu}" rulesets/beijing "$text"
