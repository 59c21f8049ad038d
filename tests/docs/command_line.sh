#!/bin/sh
# command_line.sh - what docs/command-line.md shows is what the program prints.
#
#   sh tests/docs/command_line.sh             the program is build/bin/huzhu, or $HUZHU
#   sh tests/docs/command_line.sh --accept    writes what is printed now into the document: then read the difference
cd "$(dirname "$0")/../.." || exit 1
exec python3 -B tests/docs/command_line.py docs/command-line.md "${HUZHU:-build/bin/huzhu}" "$@"
