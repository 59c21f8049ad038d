"""Random conditions with null in every place against a reference: logic.py HUZHU LIFTED [SEED [COUNT]].

The reference is written from the tables of DMN 1.5: None is null. Each expression is evaluated by `huzhu feel`, where it
folds away, and by the lifted run, where its literals, nulls too, stand in columns.
"""

import json
import random
import subprocess
import sys

from columns import in_columns


def both(a, b):
    if a is False or b is False:
        return False
    return None if a is None or b is None else True


def either(a, b):
    if a is True or b is True:
        return True
    return None if a is None or b is None else False


def opposite(a):
    return None if a is None else not a


def strict(function):
    return lambda a, b: None if a is None or b is None else function(a, b)


ORDER = {
    "<": strict(lambda a, b: a < b), "<=": strict(lambda a, b: a <= b),
    ">": strict(lambda a, b: a > b), ">=": strict(lambda a, b: a >= b),
}
EQUALITY = {"=": lambda a, b: a == b, "!=": lambda a, b: a != b}
SUMS = {"+": strict(lambda a, b: a + b), "-": strict(lambda a, b: a - b), "*": strict(lambda a, b: a * b)}


class Maker:
    """Makes pairs of FEEL text and its value."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def number(self, depth):
        kind = self.random.randint(0, 9)
        if depth == 0 or kind < 6:
            value = self.random.choice([None, 0, 1, 2, 3])
            return ("null" if value is None else str(value)), value
        if kind < 8:
            (a, x), (b, y) = self.number(depth - 1), self.number(depth - 1)
            operator = self.random.choice(sorted(SUMS))
            return f"({a} {operator} {b})", SUMS[operator](x, y)
        (c, holds), (a, x), (b, y) = self.condition(depth - 1), self.number(depth - 1), self.number(depth - 1)
        return f"(if {c} then {a} else {b})", x if holds else y

    def constant(self):
        value = self.random.choice([None, True, False])
        return json.dumps(value), value

    def test(self, x, depth):
        """A test right of `in`: its text and value."""
        kind = self.random.randint(0, 4)
        (a, low), (b, high) = self.number(depth), self.number(depth)
        if kind == 0:
            operator = self.random.choice(sorted(ORDER))
            return f"{operator} {a}", ORDER[operator](x, low)
        if kind == 1:
            left, right = self.random.choice("[(]"), self.random.choice("])[")
            above = ORDER[">=" if left == "[" else ">"](x, low)
            return f"{left}{a}..{b}{right}", both(above, ORDER["<=" if right == "]" else "<"](x, high))
        if kind == 2:
            return f"[{a}, {b}]", either(x == low, x == high)
        return a, x == low

    def condition(self, depth):
        if depth == 0:
            return self.constant()
        made = self.random.choice([self.logic, self.logic, self.compare, self.equal, self.between, self.among, self.denied,
                                   self.choice, self.aggregate])
        return made(depth - 1)

    def logic(self, depth):
        (a, x), (b, y) = self.condition(depth), self.condition(depth)
        operator = self.random.choice(["and", "or"])
        return f"({a} {operator} {b})", (both if operator == "and" else either)(x, y)

    def compare(self, depth):
        (a, x), (b, y) = self.number(depth), self.number(depth)
        operator = self.random.choice(sorted(ORDER) + sorted(EQUALITY))
        return f"({a} {operator} {b})", (ORDER | EQUALITY)[operator](x, y)

    def equal(self, depth):
        (a, x), (b, y) = self.condition(depth), self.condition(depth)
        operator = self.random.choice(sorted(EQUALITY))
        return f"({a} {operator} {b})", EQUALITY[operator](x, y)

    def between(self, depth):
        (a, x), (b, y), (c, z) = self.number(depth), self.number(depth), self.number(depth)
        return f"({a} between {b} and {c})", both(ORDER[">="](x, y), ORDER["<="](x, z))

    def among(self, depth):
        a, x = self.number(depth)
        tests = [self.test(x, min(depth, 1)) for _ in range(self.random.randint(1, 3))]
        value = False
        for _, each in tests:
            value = either(value, each)
        return f"({a} in ({', '.join(text for text, _ in tests)}))", value

    def denied(self, depth):
        a, x = self.condition(depth)
        return f"not({a})", opposite(x)

    def choice(self, depth):
        (c, holds), (a, x), (b, y) = self.condition(depth), self.condition(depth), self.condition(depth)
        return f"(if {c} then {a} else {b})", x if holds else y

    def aggregate(self, depth):
        items = [self.condition(depth) for _ in range(self.random.randint(1, 3))]
        name = self.random.choice(["all", "any"])
        value = name == "all"
        for _, each in items:
            value = (both if name == "all" else either)(value, each)
        return f"{name}([{', '.join(text for text, _ in items)}])", value


def main(huzhu, lifted, seed=1, count=3000):
    maker = Maker(int(seed))
    made = [maker.condition(maker.random.randint(1, 4)) for _ in range(int(count))]
    lines = "".join(json.dumps({"id": f"logic {i}", "expr": text}) + "\n" for i, (text, _) in enumerate(made))
    done = subprocess.run([huzhu, "feel"], input=lines, capture_output=True, text=True, timeout=60, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    failed = int(len(answers) != len(made))
    for (text, value), answer in zip(made, answers):
        got = answer.get("got", answer)
        if (got["value"] if got is not None and "value" in got else got) is not value:
            failed += 1
            print(f"FAILED {text}: {answer}, not {value}")
    failed += in_columns(lifted, "/dev/null", lines)
    print(f"{len(made) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
