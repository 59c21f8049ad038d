#!/bin/sh
# valgrind.sh PROGRAM - the plain runner under valgrind: an invalid access or a leak is a failure. What only compares many
# rows, or floods the reader, is left to the address sanitizer, which runs all of it: here it would take minutes.
command -v valgrind >/dev/null 2>&1 || { echo "0 passed, 0 failed, 1 skipped"; exit 0; }
valgrind --quiet --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite "$1" \
    -columns_equal_single_claims -package_columns_ -tree_under_floods -hold_in_every_claim
