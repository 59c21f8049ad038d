#!/bin/sh
# run.sh - the command line against its contract: exit codes, messages, where claims come from, what is printed where.
# What the messages about rule files say is tests/golden's; what the engine answers is the worked examples'.
#
#   sh tests/cli/run.sh        the program is build/bin/huzhu, or $HUZHU_BIN
#
# The cases stand in *.cases beside this file, which has what they are told with. Each failing case is printed with a
# diff. The last line is `N passed, N failed`.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
huzhu=${HUZHU_BIN:-$root/build/bin/huzhu}
case $huzhu in /*) ;; *) huzhu=$PWD/$huzhu ;; esac
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
passed=0
failed=0
name=""

pass() {
    passed=$((passed + 1))
}

fail() {
    echo "FAILED $name: $1"
    failed=$((failed + 1))
}

# run NAME STATUS WORD…: huzhu WORD…, standard input as the caller's; stdout in out, stderr in err.
run() {
    name=$1
    wanted=$2
    shift 2
    "$huzhu" "$@" >"$work/out" 2>"$work/err"
    status=$?
    if [ $status -eq "$wanted" ]; then
        pass
    else
        fail "exit status $status, expected $wanted"
        sed 's/^/    /' "$work/err" | head -n 5
    fi
}

# same FILE: its text is the caller's standard input, exactly.
same() {
    cat >"$work/wanted"
    if diff -u "$work/wanted" "$work/$1" >"$work/diff"; then
        pass
    else
        fail "std$1 is not as expected"
        tail -n +3 "$work/diff"
    fi
}

# has FILE TEXT…: each text stands in it somewhere.
has() {
    file=$1
    shift
    for text in "$@"; do
        if grep -qF -- "$text" "$work/$file"; then
            pass
        else
            fail "std$file has no \`$text\`"
            sed 's/^/    /' "$work/$file" | head -n 5
        fi
    done
}

# empty FILE
empty() {
    if [ -s "$work/$1" ]; then
        fail "std$1 should be empty"
        sed 's/^/    /' "$work/$1" | head -n 5
    else
        pass
    fi
}

# count NUMBER: of lines on standard output.
count() {
    lines=$(wc -l <"$work/out")
    if [ "$lines" -eq "$1" ]; then pass; else fail "$lines lines, expected $1"; fi
}

# each_line_json: every line of standard output is JSON.
each_line_json() {
    if python3 -m json.tool --json-lines "$work/out" >/dev/null 2>"$work/diff"; then
        pass
    else
        fail "not a JSON object a line"
        cat "$work/diff"
    fi
}

# outcomes WORD…: of the decisions on standard output, in order.
outcomes() {
    got=$(grep -oE '"outcome":"[a-z_]*"' "$work/out" | cut -d '"' -f 4 | tr '\n' ' ')
    if [ "$got" = "$* " ]; then pass; else fail "outcomes: $got, expected: $*"; fi
}

cp -R "$root/rulesets/beijing" "$work/rules"
cd "$work" || exit 3
plan="--plan inpatient-allowance"
stay='"member":"M-1","cover":"C-1","cover_start":"2024-01-01","cover_end":"2024-12-31","hospital_level":3,"cause":"illness"'
claim1="{\"id\":\"A-1\",$stay,\"admitted\":\"2024-03-04\",\"discharged\":\"2024-03-14\"}"
claim2="{\"id\":\"A-2\",$stay,\"admitted\":\"2024-05-04\",\"discharged\":\"2024-05-09\"}"
wrong="{\"id\":\"A-3\",$stay,\"admitted\":\"2024-05-09\",\"discharged\":\"2024-05-04\"}"
printf '%s\n%s\n' "$claim1" "$claim2" >two.ndjson

# The cases share the folder: what an earlier one wrote a later one may read.
for cases in usage rules claims answers run; do
    # shellcheck source=/dev/null
    . "$here/$cases.cases"
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
