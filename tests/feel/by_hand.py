"""Expressions with values worked out by hand against `huzhu feel`: by_hand.py PROGRAM LIFTED STAY
FILE….

A line of a file is `expression => value`, or `=> error CODE`; `%let name := expression` and `%in name := type := value`
bind a name for the lines behind them; `#` begins a comment. The lifted run evaluates them once more, with what can stand
in columns there.
"""

import json
import subprocess
import sys

from columns import in_columns


def shown(got):
    if got is None:
        return "null"
    if got["type"] == "list":
        return "[" + ", ".join(shown(item) for item in got["items"]) + "]"
    if got["type"] in ("string", "boolean"):
        return json.dumps(got["value"], ensure_ascii=False)
    return got["value"]


def input_of(kind, value):
    if value == "null":
        return {"declared": kind, "type": "null"}
    return {"declared": kind, "type": kind, "value": value == "true" if kind == "boolean" else value}


def read(path):
    lets, inputs, cases = [], {}, []
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    for line in lines:
        if line.startswith("%let "):
            name, expression = line[5:].split(" := ")
            lets.append({"name": name, "expr": expression})
        elif line.startswith("%in "):
            name, kind, value = (part.strip() for part in line[4:].split(" :="))
            inputs[name] = input_of(kind, value)
        elif " => " in line and not line.startswith("#"):
            expression, value = line.rsplit(" => ", 1)
            name = expression.replace('"', "'").replace("\\", "")
            cases.append(({"id": name, "expr": expression, "lets": list(lets), "inputs": dict(inputs)}, value))
    return cases


def main(program, lifted, stay, *paths):
    cases = [case for path in paths for case in read(path)]
    lines = "".join(json.dumps(case) + "\n" for case, _ in cases)
    done = subprocess.run([program, "feel"], input=lines, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    failed = abs(len(answers) - len(cases)) + (not cases) + in_columns(lifted, stay, lines)
    for (case, value), answer in zip(cases, answers):
        got = "error " + answer["error"]["code"] if "error" in answer else shown(answer["got"])
        if got != value:
            failed += 1
            print(f"FAILED {case['expr']}: expected {value}, got {got}")
    print(f"{len(cases) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
