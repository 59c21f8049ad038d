"""Functions on texts of `huzhu feel` against Python's strings, whose items are code points too: texts.py PROGRAM LIFTED
STAY [SEED].

Texts mix one to four bytes a character, combining marks and repeats. R_POSITION must come exactly where FEEL has no such
position. The lifted run evaluates them once more, with their texts and numbers in columns.
"""

import json
import random
import re
import subprocess
import sys

from columns import in_columns

COUNT = 600
LETTERS = "ab北京é\u0301𠮷ß-$ "


def one_to_one(text, other):
    """Case by Unicode's simple mapping: a mapping to several code points is none."""
    return "".join(other(c) if len(other(c)) == 1 else c for c in text)


def part(text, start, length=None):
    if start == 0 or abs(start) > len(text) or (length is not None and length < 1):
        return None
    begin = start - 1 if start > 0 else len(text) + start
    return text[begin:] if length is None else text[begin:begin + length]


class Cases:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.rows = []

    def text(self, most=8):
        return "".join(self.random.choice(LETTERS) for _ in range(self.random.randint(0, most)))

    def add(self, name, arguments, kind, value):
        written = ", ".join("[" + ", ".join(quote(i) for i in a) + "]" if isinstance(a, list) else quote(a) for a in arguments)
        self.rows.append((f"{name}({written})", kind, value))

    def round(self):
        a, b, start, length = self.text(), self.text(2), self.random.randint(-9, 9), self.random.randint(0, 9)
        self.add("substring", [a, start], "string", part(a, start))
        self.add("substring", [a, start, length], "string", part(a, start, length))
        self.add("string length", [a], "number", str(len(a)))
        self.add("substring before", [a, b], "string", a.partition(b)[0] if b and b in a else "")
        self.add("substring after", [a, b], "string", (a.partition(b)[2] if b in a else "") if b else a)
        self.add("contains", [a, b], "boolean", b in a)
        self.add("starts with", [a, b], "boolean", a.startswith(b))
        self.add("ends with", [a, b], "boolean", a.endswith(b))
        self.add("upper case", [a], "string", one_to_one(a, str.upper))
        self.add("lower case", [a.upper()], "string", one_to_one(a.upper(), str.lower))
        items = [self.random.choice([None, self.text(3)]) for _ in range(self.random.randint(0, 4))]
        self.add("string join", [items, b], "string", b.join(i for i in items if i is not None))
        self.add("replace", [a, "(b)(.)", "<$2$1>"], "string", re.sub("b([^\n\r])", r"<\1b>", a))
        if b:
            self.add("replace", [a, b, "x$", "q"], "string", a.replace(b, "x$"))
            self.add("matches", [a, b, "q"], "boolean", b in a)
        self.rows.append((f"{quote(a)} < {quote(b)}", "boolean", a < b))
        self.rows.append((f"{quote(a)} + {quote(b)}", "string", a + b))


def quote(value):
    if value is None:
        return "null"
    return str(value) if isinstance(value, int) else '"' + value + '"'


def main(program, lifted, stay, seed="11"):
    cases = Cases(int(seed))
    for _ in range(COUNT):
        cases.round()
    lines = "".join(json.dumps({"id": i, "expr": row[0]}) + "\n" for i, row in enumerate(cases.rows))
    done = subprocess.run([program, "feel"], input=lines, capture_output=True, text=True, encoding="utf-8")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    failed = abs(len(answers) - len(cases.rows)) + in_columns(lifted, stay, lines)
    for (expression, kind, value), answer in zip(cases.rows, answers):
        wrong = value is None and answer.get("error", {}).get("code") != "R_POSITION"
        if wrong or (value is not None and answer.get("got") != {"type": kind, "value": value}):
            failed += 1
            print(f"FAILED {expression}: expected {value!r}, got {answer}")
    print(f"{len(cases.rows) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
