"""Random expressions over lists, some of several types, against a slow reference: lists.py HUZHU LIFTED STAY [SEED [COUNT]].

The reference is Python lists, written from the DMN 1.5 text: None is null, and what FEEL answers with null for a position
outside a list is an error here. Each expression is evaluated by `huzhu feel`, where it folds away, and by the lifted run,
where its numbers stand in columns and lengths are known on the row only.
"""

import json
import random
import subprocess
import sys
from fractions import Fraction

from columns import in_columns


class Position(Exception):
    """A position that the list does not have."""


def spot(items, position):
    at = position - 1 if position > 0 else len(items) + position
    if position == 0 or not 0 <= at < len(items):
        raise Position
    return at


def sublist(items, start, length=None):
    at = spot(items, start)
    if length is None:
        return items[at:]
    if length < 1 or at + length > len(items):
        raise Position
    return items[at:at + length]


def insert_before(items, position, item):
    at = spot(items, position)
    return items[:at] + [item] + items[at:]


def remove(items, position):
    at = spot(items, position)
    return items[:at] + items[at + 1:]


def list_replace(items, position, item):
    at = spot(items, position)
    return items[:at] + [item] + items[at + 1:]


def distinct(items):
    out = []
    for item in items:
        if item not in out:
            out.append(item)
    return out


def flat(items):
    out = []
    for item in items:
        out += flat(item) if isinstance(item, list) else [item]
    return out


def none_if_null(function):
    return lambda items: None if not items or None in items else function(items)


def product(items):
    out = 1
    for item in items:
        out *= item
    return out


def median(items):
    ordered = sorted(items)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else Fraction(ordered[half - 1] + ordered[half], 2)


def mode(items):
    if None in items:
        return None
    most = max(map(items.count, items), default=0)
    return sorted(item for item in distinct(items) if items.count(item) == most)


AGGREGATES = {
    "count": len,
    "sum": none_if_null(sum),
    "product": none_if_null(product),
    "min": none_if_null(min),
    "max": none_if_null(max),
    "median": none_if_null(median),
}


class Maker:
    """Makes pairs of FEEL text and a function that gives its value."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.mixed = False  # items are numbers, texts, and lists of them

    def number(self, nulls=False):
        if nulls and self.random.random() < 0.1:
            return "null", lambda: None
        value = self.random.randint(-3, 9)
        return f"({value})" if value < 0 else str(value), lambda: value

    def item(self, depth=1):
        """A number or null; of a mixed list also a text, or a list."""
        kind = self.random.randint(0, 5) if self.mixed else 0
        if kind == 1 and depth > 0:
            parts = [self.item(depth - 1) for _ in range(self.random.randint(0, 2))]
            return "[" + ", ".join(text for text, _ in parts) + "]", lambda: [value() for _, value in parts]
        if kind < 4:
            return self.number(nulls=True)
        value = self.random.choice(["a", "1", ""])
        return f'"{value}"', lambda: value

    def condition(self):
        a, left = self.number()
        b, right = self.number()
        return f"{a} < {b}", lambda: left() < right()

    def literal(self):
        parts = [self.item() for _ in range(self.random.randint(1, 5))]
        if self.mixed or all(text == "null" for text, _ in parts):
            parts.append(("1", lambda: 1))  # then lists of several types have a type in common
        return "[" + ", ".join(text for text, _ in parts) + "]", lambda: [value() for _, value in parts]

    def position(self):
        value = self.random.choice([1, 1, 2, 2, 3, -1, -1, -2])
        bump = self.random.randint(0, 3)
        return f"({value + bump} - {bump})", lambda: value

    def items(self, depth):
        if depth == 0 or self.random.random() < 0.15:
            return self.literal()
        made = self.random.choice([self.choice, self.choice, self.sublist, self.append, self.concatenate, self.put, self.put,
                                   self.remove, self.simple, self.simple, self.index_of, self.flatten])
        return made(depth - 1)

    def choice(self, depth):
        test, holds = self.condition()
        a, left = self.items(depth)
        b, right = self.items(depth)
        return f"(if {test} then {a} else {b})", lambda: left() if holds() else right()

    def sublist(self, depth):
        a, items = self.items(depth)
        p, start = self.position()
        if self.random.random() < 0.5:
            return f"sublist({a}, {p})", lambda: sublist(items(), start())
        n, length = self.number()
        return f"sublist({a}, {p}, {n} - 0)", lambda: sublist(items(), start(), length())

    def append(self, depth):
        a, items = self.items(depth)
        x, item = self.item()
        return f"append({a}, {x})", lambda: items() + [item()]

    def concatenate(self, depth):
        a, left = self.items(depth)
        b, right = self.items(depth)
        if self.random.random() < 0.4:
            return f"union({a}, {b})", lambda: distinct(left() + right())
        return f"concatenate({a}, {b})", lambda: left() + right()

    def put(self, depth):
        a, items = self.items(depth)
        p, at = self.position()
        x, item = self.item()
        if self.random.random() < 0.5:
            return f"insert before({a}, {p}, {x})", lambda: insert_before(items(), at(), item())
        return f"list replace({a}, {p}, {x})", lambda: list_replace(items(), at(), item())

    def remove(self, depth):
        a, items = self.items(depth)
        p, at = self.position()
        return f"remove({a}, {p})", lambda: remove(items(), at())

    def simple(self, depth):
        a, items = self.items(depth)
        if self.random.random() < 0.5:
            return f"reverse({a})", lambda: items()[::-1]
        return f"distinct values({a})", lambda: distinct(items())

    def index_of(self, depth):
        a, items = self.items(depth)
        x, item = self.number(nulls=True) if self.random.random() < 0.6 else self.item()
        return f"index of({a}, {x})", lambda: [i + 1 for i, each in enumerate(items()) if each == item()]

    def flatten(self, depth):
        a, left = self.items(depth)
        b, right = self.items(depth)
        x, item = self.item(2) if self.mixed else ("[]", lambda: [])
        return f"flatten([{a}, {x}, {b}])", lambda: flat([left(), item(), right()])

    def expression(self):
        self.mixed = self.random.random() < 0.4
        a, items = self.items(self.random.randint(1, 3))
        kind = self.random.randint(0, 9)
        if self.mixed:
            return self.of_mixed(a, items)
        if kind < 3:
            return a, items
        if kind < 7:
            name = self.random.choice(sorted(AGGREGATES))
            return f"{name}({a})", lambda: AGGREGATES[name](items())
        if kind == 7:
            return f"mode({a})", lambda: mode(items())
        if kind == 8:
            b, others = self.items(1)
            return f"{a} = {b}", lambda: items() == others()
        x, item = self.number()
        return f"{x} in {a}", lambda: item() in items()


    def of_mixed(self, a, items):
        """What takes a list of several types: what computes with its items, or compares, does not."""
        kind = self.random.randint(0, 5)
        if kind == 0:
            return f"count({a})", lambda: len(items())
        if kind == 1:
            return f"flatten({a})", lambda: flat(items())
        if kind == 2:
            x, item = self.number(nulls=True)
            return f"list contains({a}, {x})", lambda: item() in items()
        if kind == 3:
            return f"string({a})", lambda: written(items())
        return a, items


def written(value):
    if value is None:
        return "null"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def value_of(got):
    if got is None:
        return None
    if got["type"] == "list":
        return [value_of(item) for item in got["items"]]
    return Fraction(got["value"]) if got["type"] == "number" else got["value"]


def judge(answer, value):
    """None, or what is wrong. A position may be refused before it is computed."""
    try:
        expected = value()
    except Position:
        code = answer.get("error", {}).get("code")
        return None if code in ("R_POSITION", "E_ARGUMENTS", "E_TYPE") else f"{answer}, not a position outside"
    if "error" in answer:
        # what is never empty or always beyond is refused although the branch is not taken, and so is a list of texts where
        # one of numbers is meant
        return None if answer["error"]["code"] in ("E_ARGUMENTS", "E_TYPE", "E_TOO_LARGE") else f"{answer}, not {expected}"
    return None if value_of(answer["got"]) == expected else f"{answer['got']}, not {expected}"


def main(huzhu, lifted, stay, seed=1, count=1500):
    maker = Maker(int(seed))
    made = [maker.expression() for _ in range(int(count))]
    lines = "".join(json.dumps({"id": f"lists {i}", "expr": text}) + "\n" for i, (text, _) in enumerate(made))
    done = subprocess.run([huzhu, "feel"], input=lines, capture_output=True, text=True, timeout=60, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    failed, refused = len(answers) != len(made), 0
    for (text, value), answer in zip(made, answers):
        refused += answer.get("error", {}).get("phase") == "check"
        wrong = judge(answer, value)
        if wrong:
            failed += 1
            print(f"FAILED {text}: {wrong}")
    if refused * 2 > len(made):
        failed += 1
        print(f"FAILED {refused} of {len(made)} are refused: they test nothing")
    failed += in_columns(lifted, stay, lines)
    print(f"{len(made) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
