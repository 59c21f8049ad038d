#!/bin/sh
# include_order.sh - the way of the data is the order of the folders: each includes only folders to its left. Libraries
# have one door each, and no file is longer than 800 lines.
cd "$(dirname "$0")/../.." || exit 1
order="base source value column feel rules program run api"
passed=0
failed=0

fail() {
    echo "FAILED: $*"
    failed=$((failed + 1))
}

allowed=""
for folder in $order; do
    allowed="$allowed $folder"
    for file in lib/"$folder"/*.[ch] lib/"$folder"/*.def; do
        [ -e "$file" ] || continue
        before=$failed
        for included in $(sed -nE 's/^ *# *include "([a-z]+)\/.*/\1/p' "$file" | sort -u); do
            case " $allowed " in
            *" $included "*) ;;
            *) fail "$file includes $included/, which lies to the right of $folder/" ;;
            esac
        done
        [ "$(wc -l <"$file")" -le 800 ] || fail "$file has more than 800 lines"
        [ $failed -eq $before ] && passed=$((passed + 1))
    done
done

# one HEADER: exactly one file of the library includes it (or none: not used yet).
door() {
    count=$(grep -lE "^ *# *include <$1>" lib/*/*.[ch] 2>/dev/null | wc -l)
    if [ "$count" -gt 1 ]; then fail "<$1> is included by $count files, one door is enough"; else passed=$((passed + 1)); fi
}
for header in yaml.h pcre2.h sha2.h utf8proc.h; do door "$header"; done

for file in $(ls -d lib/*/ | sed 's|lib/||; s|/||'); do
    case " $order " in
    *" $file "*) ;;
    *) fail "lib/$file is not a stage of the design" ;;
    esac
done
if grep -rlE '#include "(base|source|value|column|feel|rules|program|run|api)/' bindings/cli examples 2>/dev/null; then
    fail "a binding or example includes the library's inside"
else
    passed=$((passed + 1))
fi
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
