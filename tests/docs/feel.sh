#!/bin/sh
# feel.sh - the examples of docs/feel.md give what the document says. How they are written is told in feel.py.
#
#   sh tests/docs/feel.sh        the program is build/bin/huzhu, or $HUZHU
cd "$(dirname "$0")/../.." || exit 1
exec python3 -B tests/docs/feel.py docs/feel.md "${HUZHU:-build/bin/huzhu}" lib/feel/builtin.def
