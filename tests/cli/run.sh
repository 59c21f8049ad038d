#!/bin/sh
# run.sh - the command line against its contract: exit codes, messages, where claims come from, what is printed where.
# What the messages about rule files say is tests/golden's; what the engine answers is the worked examples'.
#
#   sh tests/cli/run.sh        the program is build/bin/huzhu, or $HUZHU_BIN
#
# Each failing case is printed with a diff. The last line is `N passed, N failed`.
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

# ---- help, version -----------------------------------------------------------------------------------------------------

run "help" 0 help </dev/null
has out "usage: huzhu COMMAND" "  check " "  eval " "  explain " "  feel " "Exit status: 0 well"
empty err
cp out help.txt
run "--help" 0 --help </dev/null
same out <help.txt
run "-h" 0 -h </dev/null
for command in check test plans inputs show eval explain counters feel disasm version help; do
    run "help $command" 0 help $command </dev/null
    has out "usage: huzhu $command"
    cp out help.txt
    run "$command --help" 0 $command --help </dev/null
    same out <help.txt
done
run "--help first" 0 --help eval rules </dev/null
has out "usage: huzhu eval DIR --plan PLAN" "--set PATH=VALUE" "--scenario FILE" "--carry" "--fresh" "--lang zh|en"
run "version" 0 version </dev/null
has out "huzhu 0."
run "--version" 0 --version </dev/null
has out "huzhu 0."

# ---- wrong usage -------------------------------------------------------------------------------------------------------

run "no command" 2 </dev/null
same err <<'END'
huzhu: a command is missing
usage: huzhu COMMAND …; `huzhu help` lists the commands
END
empty out
run "unknown command" 2 chekc rules </dev/null
same err <<'END'
huzhu: there is no command `chekc`; did you mean `check`?
usage: huzhu COMMAND …; `huzhu help` lists the commands
END
run "unknown command, nothing near" 2 frobnicate </dev/null
same err <<'END'
huzhu: there is no command `frobnicate`
usage: huzhu COMMAND …; `huzhu help` lists the commands
END
run "help of an unknown command" 2 help evla </dev/null
has err 'there is no command `evla`; did you mean `eval`?'
run "settle" 2 settle rules </dev/null
has err '`settle` is not in this version'
run "no operand" 2 check </dev/null
same err <<'END'
huzhu check: DIR is missing
usage: huzhu check DIR [--json]
END
run "second operand missing" 2 inputs rules </dev/null
has err "huzhu inputs: PLAN is missing" "usage: huzhu inputs DIR PLAN"
run "one operand too many" 2 check rules more </dev/null
has err '`more` is one word too many'
run "unknown option" 2 check rules --jsn </dev/null
same err <<'END'
huzhu check: there is no option `--jsn`; did you mean `--json`?
usage: huzhu check DIR [--json]
END
run "unknown short option" 2 check rules -j </dev/null
has err 'there is no option `-j`'
run "one dash" 2 check rules -json </dev/null
has err 'there is no option `-json`; did you mean `--json`?'
run "abbreviated option" 2 check rules --js </dev/null
has err 'write `--json` in full, not `--js`'
run "option of another command" 2 check rules --carry </dev/null
has err '`--carry` is no option of `check`'
run "value that is not taken" 2 check rules --json=yes </dev/null
has err '`--json` takes no value'
run "value missing" 2 eval rules --plan </dev/null
has err '`--plan` is the last word; its value is missing'
run "value empty" 2 eval rules --plan= </dev/null
has err '`--plan` is empty'
run "option twice" 2 eval rules $plan $plan </dev/null
has err '`--plan` is given twice'
run "--plan missing" 2 eval rules </dev/null
has err '`--plan PLAN` is missing'
run "--plan missing, explain" 2 explain rules </dev/null
run "--plan missing, counters" 2 counters rules </dev/null
run "--plan missing, disasm" 2 disasm rules </dev/null
run "--on missing" 2 show rules inpatient-allowance </dev/null
has err '`--on DATE` is missing'
run "--on is no date" 2 show rules inpatient-allowance --on yesterday </dev/null
has err '`--on yesterday` is no date; write YYYY-MM-DD, or YYYY-MM'
run "--on is no day" 2 show rules inpatient-allowance --on 2023-02-29 </dev/null
run "--lang" 2 eval rules $plan --lang fr </dev/null
has err '`--lang fr`: the languages are zh and en'
run "--ask" 2 inputs rules inpatient-allowance --ask price </dev/null
has err '`--ask price`'
run "unknown plan" 2 eval rules --plan inpatient-alowance </dev/null
same err <<'END'
huzhu: beijing has no plan `inpatient-alowance`; did you mean `inpatient-allowance`?
END
empty out
run "unknown plan, nothing near" 2 inputs rules zzz </dev/null
has err 'beijing has no plan `zzz`; `huzhu plans rules` lists its plans'
run "--set without a value" 2 eval rules $plan --set inpatient-allowance.daily_amount </dev/null
has err 'has no value; write PATH=VALUE'

# ---- check, plans, inputs, show, disasm, test --------------------------------------------------------------------------

run "check" 0 check rules </dev/null
has out "beijing 0." ": 1 plan, no errors"
empty err
run "check --json, all well" 0 check rules --json </dev/null
empty out
run "check, not a folder" 3 check two.ndjson </dev/null
has err "error[E_IO]"
empty out
run "check, nothing there" 3 check nowhere </dev/null
has err "error[E_IO]"
run "check --json, nothing there" 3 check nowhere --json </dev/null
each_line_json
has out '"code":"E_IO"'
mkdir bare
run "check, no manifest" 1 check bare </dev/null
has err "error[E_NO_MANIFEST]" "1 error, 0 warnings"
if [ "$(id -u)" -ne 0 ]; then
    mkdir closed
    chmod 0 closed
    run "check, no permission" 3 check closed </dev/null
    chmod 700 closed
fi
cp -R rules broken
sed -i 's/^title:/titel:/; s/value: 7200,/value: 72oo,/' broken/inpatient-allowance.yaml
run "check, errors" 1 check broken </dev/null
has err 'inpatient-allowance.yaml:' 'did you mean `title`?' 'E_NUMBER' ' errors, '
empty out
run "check --json, errors" 1 check broken --json </dev/null
each_line_json
has out '"code":"E_NUMBER"' '"severity":"error"' '"file":"inpatient-allowance.yaml"' '"line":' '"column":' '"end_line":' '"hint":'
empty err
run "other commands, broken rules" 1 eval broken $plan two.ndjson </dev/null
has err 'E_NUMBER'
empty out
run "other commands, no folder" 3 plans nowhere </dev/null

run "plans" 0 plans rules </dev/null
has out "inpatient-allowance" "在职职工住院津贴互助保障计划" "allowance" "paid_this_period"
run "plans --lang en" 0 plans rules --lang en </dev/null
has out "In-patient daily allowance"
run "plans --json" 0 plans rules --json </dev/null
each_line_json
has out '"id":"inpatient-allowance"' '"zh":"在职职工住院津贴互助保障计划"' '"per":["member","cover"]'

run "inputs" 0 inputs rules inpatient-allowance </dev/null
same out <<'END'
input           type   need      values                          label
member          key    required                                  会员
cover           key    required                                  保障期
cover_start     date   required                                  保障起始日
cover_end       date   required                                  保障终止日
admitted        date   required                                  入院日
discharged      date   required                                  出院日
hospital_level  count  required  [1..3]                          医院级别
cause           code   required  illness, accident, psychiatric  原因

codes of cause
  illness      疾病
  accident     意外
  psychiatric  精神类疾病
END
run "inputs --lang en --ask enrolment" 0 inputs rules inpatient-allowance --lang en --ask enrolment </dev/null
same out <<'END'
input        type  need      values  label
cover_start  date  required          first day of cover
END
run "inputs --json" 0 inputs --json rules inpatient-allowance </dev/null
each_line_json
count 8
has out '"name":"hospital_level","type":"count","need":"required"' '"range":"[1..3]"' '{"id":"illness","zh":"疾病","en":"illness"}'

run "show" 0 show rules inpatient-allowance --on 2014-07-01 </dev/null
has out "在职职工住院津贴互助保障计划"
run "show, a month" 0 show rules --on 2014-07 inpatient-allowance --lang en </dev/null
has out "In-patient daily allowance"
run "disasm" 0 disasm rules $plan </dev/null
has out "instructions"
run "test" 0 test rules </dev/null
tail -n 1 out >last
name="test, last line"
if grep -Eq '^[0-9]+ passed, 0 failed$' last; then pass; else fail "$(cat last)"; fi
mkdir unproved
cp rules/ruleset.yaml rules/inpatient-allowance.yaml unproved
run "test, no examples" 0 test unproved </dev/null
has err "unproved has no worked examples"
has out "0 passed, 0 failed"
cp -R rules disproved
sed -i 's/total: 360}/total: 361}/' disproved/inpatient-allowance.examples.yaml
run "test, failures" 1 test disproved </dev/null
has out "361"
run "test, broken rules" 1 test broken </dev/null
has err "E_NUMBER"

# ---- eval: where claims come from --------------------------------------------------------------------------------------

run "eval, standard input" 0 eval rules $plan --fresh <two.ndjson
outcomes paid paid
each_line_json
has out '"id":"A-1","line":1' '"id":"A-2","line":2' '"total":"360.00"' '"total":"160.00"'
empty err
cp out from-stdin
run "eval, a file" 0 eval rules $plan --fresh two.ndjson </dev/null
same out <from-stdin
run "eval, options behind" 0 eval rules two.ndjson --fresh $plan </dev/null
same out <from-stdin
run "eval, options before" 0 --fresh $plan eval rules two.ndjson </dev/null
same out <from-stdin
run "eval, -" 0 eval rules $plan --fresh - <two.ndjson
same out <from-stdin
run "eval, --" 0 eval $plan --fresh -- rules two.ndjson </dev/null
same out <from-stdin
printf '%s\n' "$claim1" >first.ndjson
printf '%s\n' "$claim2" | run "eval, a file and -" 0 eval rules $plan --fresh first.ndjson -
printf '%s' "$claim1" >no-end.ndjson
run "eval, no line end" 0 eval rules $plan --fresh no-end.ndjson first.ndjson </dev/null
outcomes paid paid
printf '%s\r\n\r\n%s\r\n' "$claim1" "$claim2" >crlf.ndjson
run "eval, CRLF" 0 eval rules $plan --fresh crlf.ndjson </dev/null
outcomes paid paid
has out '"line":1' '"line":3'
printf '\n  \n\t\n%s\n\n' "$claim1" >blank.ndjson
run "eval, blank lines" 0 eval rules $plan --fresh blank.ndjson </dev/null
count 1
has out '"line":4'
printf '\357\273\277%s\n' "$claim1" >mark.ndjson
run "eval, byte order mark" 0 eval rules $plan --fresh mark.ndjson </dev/null
outcomes paid
run "eval, nothing" 0 eval rules $plan </dev/null
empty out
empty err
run "eval, no such file" 3 eval rules $plan two.ndjson nofile </dev/null
same err <<'END'
huzhu: cannot read nofile: No such file or directory
END
empty out
run "eval, a folder" 3 eval rules $plan rules </dev/null
has err "cannot read rules: it is a folder"
run "eval, standard input closed" 3 eval rules $plan <&-
has err "cannot read standard input"

# ---- eval: outcomes and exit codes -------------------------------------------------------------------------------------

run "eval, neither --carry nor --fresh" 0 eval rules $plan two.ndjson </dev/null
outcomes incomplete incomplete
has out '"missing":["days_this_period","paid_this_period"]'
run "eval --carry" 0 eval rules $plan --carry two.ndjson </dev/null
outcomes paid paid
has out '"before":"360.00","change":"160.00","after":"520.00"'
run "eval --fresh, counters start again" 0 eval rules $plan --fresh two.ndjson </dev/null
has out '"before":"0.00","change":"160.00","after":"160.00"'
printf '%s\n%s\n' "$wrong" "$claim1" >mixed.ndjson
run "eval, an error among the claims" 1 eval rules $plan --fresh <mixed.ndjson
outcomes error paid
empty err
printf '%s\n' '{"id":"A-4"' "$claim1" '[]' 'null' '{"id":"A-5","membr":"M"}' >bad.ndjson
run "eval, lines that are no claims" 1 eval rules $plan --fresh bad.ndjson </dev/null
outcomes error paid error error error
each_line_json
has out 'R_JSON' 'R_UNKNOWN_KEY' 'did you mean'
printf '%s\n' "{\"id\":\"A-6\",$stay,\"admitted\":\"2030-01-01\",\"discharged\":\"2030-01-05\"}" "{\"id\":\"A-7\",$stay,\"admitted\":\"2024-03-04\"}" >no.ndjson
run "eval, refused and incomplete are well" 0 eval rules $plan --fresh no.ndjson </dev/null
outcomes refused incomplete
printf '{"id":"E-1","ask":"enrolment","cover_start":"2024-01-01"}\n' >enrol.ndjson
run "eval, enrolment" 0 eval rules $plan enrol.ndjson </dev/null
outcomes accepted
has out '"fees":[{"id":"fee","amount":"60.00"}]'
run "eval --lang zh" 0 eval rules $plan --fresh --lang zh no.ndjson </dev/null
cp out zh
run "eval --lang en" 0 eval rules $plan --fresh --lang en no.ndjson </dev/null
name="eval --lang en differs from zh"
if cmp -s zh out; then fail "it does not"; else pass; fi

# ---- eval: long lines --------------------------------------------------------------------------------------------------

{
    printf '{"id":"'
    head -c 3000000 /dev/zero | tr '\0' x
    printf '"}\n%s\n' "$claim1"
} >long.ndjson
run "eval, a line of 3 MB" 1 eval rules $plan --fresh long.ndjson </dev/null
outcomes error paid
has out '"line":1' '"line":2'
has err "long.ndjson:1: the line is longer than 1 MiB"
{
    printf '%s' "$claim1"
    head -c 1100000 /dev/zero | tr '\0' ' '
    printf '\n%s\n' "$claim2"
} >padded.ndjson
run "eval, a claim and a megabyte of blanks" 1 eval rules $plan --fresh padded.ndjson </dev/null
outcomes error paid
{
    head -c 1000000 /dev/zero | tr '\0' ' '
    printf '%s\n' "$claim1"
} >almost.ndjson
run "eval, just not too long" 0 eval rules $plan --fresh almost.ndjson </dev/null
outcomes paid
printf '\0\0\0\n%s\n' "$claim1" >nul.ndjson
run "eval, NUL bytes" 1 eval rules $plan --fresh nul.ndjson </dev/null
outcomes error paid

# ---- scenarios ---------------------------------------------------------------------------------------------------------

run "--set" 0 eval rules $plan --fresh --set inpatient-allowance.daily_amount=60 first.ndjson </dev/null
has out '"total":"540.00"' '"scenario":"'
run "--set twice" 0 eval rules $plan --fresh --set inpatient-allowance.daily_amount=60 --set 'inpatient-allowance.first_paid_day=1' first.ndjson </dev/null
has out '"total":"600.00"'
run "--set from a date" 0 eval rules $plan --fresh --set 'inpatient-allowance.daily_amount=60 from 2025-01-01' first.ndjson </dev/null
has out '"total":"360.00"'
run "--set, no such path" 1 eval rules $plan --set inpatient-allowance.daily_amont=60 first.ndjson </dev/null
has err 'E_SCENARIO_PATH' 'did you mean `inpatient-allowance.daily_amount`?'
empty out
run "--set, no number" 1 eval rules $plan --set inpatient-allowance.daily_amount=sixty first.ndjson </dev/null
has err 'sixty'
cat >scenario.txt <<'END'
# what if the daily amount were 60?

  inpatient-allowance.daily_amount = 60   # instead of 40
END
run "--scenario" 0 eval rules $plan --fresh --scenario scenario.txt first.ndjson </dev/null
has out '"total":"540.00"'
run "--scenario, then --set" 0 eval rules $plan --fresh --set inpatient-allowance.daily_amount=50 --scenario scenario.txt first.ndjson </dev/null
has out '"total":"450.00"'
printf 'inpatient-allowance.daily_amount = 60\r\n' >crlf.txt
run "--scenario, CRLF" 0 eval rules $plan --fresh --scenario crlf.txt first.ndjson </dev/null
has out '"total":"540.00"'
run "--scenario, nothing there" 3 eval rules $plan --scenario nofile first.ndjson </dev/null
has err "cannot read nofile: No such file or directory"
printf '# nothing\n' >none.txt
run "--scenario, empty" 0 eval rules $plan --fresh --scenario none.txt first.ndjson </dev/null
has out '"total":"360.00"' '"scenario":null'

# ---- explain -----------------------------------------------------------------------------------------------------------

printf '%s\n%s\n%s\n' "$claim1" "$wrong" "$claim2" >three.ndjson
run "explain" 1 explain rules $plan --carry three.ndjson </dev/null
has out "── 第 1 行 ──" "── 第 2 行 ──" "── 第 3 行 ──" "A-1" "A-2" "A-3" "360.00" "160.00"
name="explain, a blank line before each claim but the first"
if grep -B 1 '^── ' out | grep -c '^$' >blanks; [ "$(cat blanks)" = 2 ]; then pass; else fail "$(cat blanks) blank lines"; fi
run "explain --lang en" 1 explain rules $plan --carry --lang en three.ndjson </dev/null
has out "── line 1 ──" "── line 2 ──" "── line 3 ──" "In-patient daily allowance" "360.00"
run "explain, two files" 0 explain rules $plan --fresh first.ndjson no-end.ndjson </dev/null
has out "── first.ndjson:1 ──" "── no-end.ndjson:1 ──"
run "explain --json" 1 explain rules $plan --carry --json three.ndjson </dev/null
each_line_json
count 3
run "explain, nothing" 0 explain rules $plan </dev/null
empty out

# ---- counters ----------------------------------------------------------------------------------------------------------

run "counters" 0 counters rules $plan first.ndjson </dev/null
same out <<'END'
{"id":"A-1","line":1,"plan":"inpatient-allowance","counters":{"days_this_period":{"key":{"member":"M-1","cover":"C-1"},"unit":"days"},"paid_this_period":{"key":{"member":"M-1","cover":"C-1"},"unit":"CNY"}}}
END
run "counters, refused" 0 counters rules $plan no.ndjson </dev/null
has out '"id":"A-6","line":1,"plan":"inpatient-allowance","counters":{}}'
run "counters, an error" 1 counters rules $plan bad.ndjson </dev/null
each_line_json
has out '"error":{"code":"R_JSON"'

# ---- feel --------------------------------------------------------------------------------------------------------------

printf '{"id":"f1","expr":"1 + 2"}\n\n{"id":"f2","expr":"\\"error\\" = \\"error\\""}\n' >feel.jsonl
run "feel" 0 feel feel.jsonl </dev/null
has out '{"id":"f1","got":{"type":"number","value":"3"}}' '"id":"f2","got":'
printf '{"id":"f1","expr":"1 / n","inputs":{"n":{"declared":"number","type":"number","value":"0"}}}\n{"id":"f2","expr":"1 +"}\n' >bad.jsonl
run "feel, errors" 1 feel <bad.jsonl
each_line_json
has out '"id":"f1","error":{' '"id":"f2","error":{"code":"E_FEEL_SYNTAX","phase":"check"'
printf 'one plus one\n{"id":"f3","expr":"2"}\n' >none.jsonl
run "feel, a line that is none" 1 feel none.jsonl </dev/null
each_line_json
has out '"error":{"code":"R_JSON","phase":"check","message":"line 1 is no JSON object with an `expr`"}' '"id":"f3","got"'

# ---- writing -----------------------------------------------------------------------------------------------------------

name="standard output closed"
"$huzhu" eval rules $plan --fresh two.ndjson >&- 2>err
status=$?
if [ $status -eq 3 ]; then pass; else fail "exit status $status, expected 3"; fi
has err "cannot write to standard output"
if [ -c /dev/full ]; then
    for words in "eval rules $plan --fresh two.ndjson" "explain rules $plan --fresh two.ndjson" "check rules" "plans rules" "help" "version" "test rules"; do
        name="standard output full: $words"
        # shellcheck disable=SC2086 # a list of words
        "$huzhu" $words >/dev/full 2>err
        status=$?
        if [ $status -eq 3 ]; then pass; else fail "exit status $status, expected 3"; fi
        has err "cannot write to standard output: No space left on device"
    done
fi
name="a reader that goes away"
i=0
while [ $i -lt 2000 ]; do cat two.ndjson; i=$((i + 1)); done >many.ndjson
{ "$huzhu" eval rules $plan --fresh many.ndjson; echo $? >status; } 2>err | head -n 1 >out
if [ "$(cat status)" -eq 3 ]; then pass; else fail "exit status $(cat status), expected 3"; fi
empty err

# A host that keeps the program running and asks claim by claim must not wait for a full buffer.
name="an answer a line through pipes"
cat >ask.py <<'END'
import select, subprocess, sys
huzhu, claims = sys.argv[1], open("two.ndjson", "rb").read().splitlines(True)
words = [huzhu, "eval", "rules", "--plan", "inpatient-allowance", "--carry"]
with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as process:
    for claim in claims:
        process.stdin.write(claim)
        if not select.select([process.stdout], [], [], 20)[0]:
            process.kill()
            sys.exit("no answer in 20 seconds")
        if not process.stdout.read(65536).endswith(b"}\n"):
            sys.exit("half an answer")
    process.stdin.close()
    sys.exit(process.wait())
END
if python3 ask.py "$huzhu" 2>err; then pass; else fail "$(cat err)"; fi

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
