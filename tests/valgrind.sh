#!/bin/sh
# valgrind.sh PROGRAM - the plain runner under valgrind: an invalid access or a leak is a failure.
command -v valgrind >/dev/null 2>&1 || { echo "0 passed, 0 failed, 1 skipped"; exit 0; }
HZ_TEST_SLOW=no valgrind --quiet --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite "$1"
