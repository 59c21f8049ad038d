"""Random arithmetic against Python's Decimal with decimal128's digits, rounding and range: decimals.py PROGRAM, or
decimals.py --cases FILE to write some of it as conformance cases.

Each expression is asked of `huzhu feel` twice: as it is, so that the narrow path is taken where the checker proves it
enough, and with all arithmetic on the wide path. Both give what Decimal gives.
"""

import json
import random
import subprocess
import sys
from decimal import (ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP,
                     Context, Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext)

EXPRESSIONS = 4000
QUAD = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, clamp=1, traps=[DivisionByZero, InvalidOperation, Overflow])
ROUNDING = {
    "floor": ROUND_FLOOR, "ceiling": ROUND_CEILING, "decimal": ROUND_HALF_EVEN, "round up": ROUND_UP,
    "round down": ROUND_DOWN, "round half up": ROUND_HALF_UP, "round half down": ROUND_HALF_DOWN,
}


class Fails(Exception):
    """The value cannot be computed, and huzhu must say so."""


def rounded(value, places, mode):
    if -value.as_tuple().exponent <= places:
        return value
    with localcontext(Context(prec=7000, Emin=-9999, Emax=9999)):
        return value.quantize(Decimal(1).scaleb(-places), rounding=mode)


def floored_modulo(a, b):
    if b == 0:
        raise Fails
    with localcontext(Context(prec=7000, Emin=-9999, Emax=9999)):
        rest = a % b
        if rest != 0 and (rest < 0) != (b < 0):
            rest += b
    return QUAD.plus(rest)


def number(source, most):
    digits = min(most, source.choice([1, 1, 2, 3, 6, 12, 18, 30]))
    value = Decimal(source.randint(0, 10**digits)).scaleb(-source.choice([0, 0, 0, 1, 2, 4, 9]))
    return format(value, "f"), value


def binary(source, depth, most):
    (a, x), (b, y) = tree(source, depth - 1, most), tree(source, depth - 1, most)
    operator = source.choice("+-*/+-*")
    if operator == "/" and b.startswith("0") and y == 0:
        operator = "+"  # a divisor written as 0 is refused
    text = f"({a} {operator} {b})"
    if x is None or y is None or (operator == "/" and y == 0):
        return text, None
    try:
        return text, {"+": QUAD.add, "-": QUAD.subtract, "*": QUAD.multiply, "/": QUAD.divide}[operator](x, y)
    except (DivisionByZero, InvalidOperation, Overflow):
        return text, None


def function(source, depth, most):
    (a, x), (b, y) = tree(source, depth - 1, most), tree(source, depth - 1, most)
    name = source.choice(["round", "round", "min", "max", "abs", "modulo", "if", "power", "negate"])
    if name == "round":
        way = source.choice(list(ROUNDING))
        places = source.choice([-3, 0, 0, 1, 2, 6])
        return f"{way}({a}, {places})", None if x is None else rounded(x, places, ROUNDING[way])
    if name == "abs":
        return f"abs({a})", None if x is None else abs_of(x)
    if name == "negate":
        return f"(-({a}))", None if x is None else x.copy_negate()
    if name == "power":
        n = source.randint(0, 5)
        return f"(({a}) ** {n})", None if x is None else power(x, n)
    if x is None or y is None:
        return (f"{name}({a}, {b})", None) if name in ("min", "max") else (f"({a} + {b})", None)
    if name == "modulo":
        return (f"modulo({a}, {b})", floored_modulo(x, y)) if y != 0 else (a, x)
    if name == "if":
        return f"(if {a} <= {b} then {a} else {b} + 1)", x if x <= y else QUAD.add(y, 1)
    return f"{name}({a}, {b})", min(x, y) if name == "min" else max(x, y)


def abs_of(value):
    return value.copy_abs()


def power(value, n):
    with localcontext(Context(prec=7000, Emin=-99999, Emax=99999)):
        exact = value**n if n > 0 else Decimal(1)
    try:
        return QUAD.plus(exact)
    except Overflow:
        return None


def tree(source, depth, most=30):
    """An expression and its value, None where it has none; its numbers have at most so many digits."""
    if depth == 0 or source.random() < 0.2:
        return number(source, most)
    return (binary if source.random() < 0.6 else function)(source, depth, most)


def ask(program, expressions, bits):
    lines = "".join(json.dumps({"id": i, "expr": text, "bits": bits}) + "\n" for i, text in enumerate(expressions))
    done = subprocess.run([program, "feel"], input=lines, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def right(answer, value):
    if value is None:
        return "error" in answer and answer["error"]["code"].startswith("R_")
    return "got" in answer and answer["got"] is not None and Decimal(answer["got"]["value"]) == value


def main(program):
    source = random.Random(34)
    wanted = [tree(source, source.choice([1, 2, 3, 4])) for _ in range(EXPRESSIONS)]
    asked = [text for text, _ in wanted]
    passed = failed = 0
    for bits in (64, 128):
        answers = ask(program, asked, bits)
        if len(answers) != len(asked):
            print(f"{len(asked)} expressions, {len(answers)} answers")
            failed += 1
        for text, (_, value), answer in zip(asked, wanted, answers):
            if right(answer, value):
                passed += 1
            else:
                failed += 1
                print(f"FAILED {text} with {bits} bits: expected {value}, got {answer}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def write_cases(path):
    """Expressions with their values as conformance cases, whose numbers fit into columns: for lifted.sh."""
    source = random.Random(17)
    with open(path, "w", encoding="utf-8") as file:
        for i in range(EXPRESSIONS // 4):
            text, value = tree(source, source.choice([1, 2, 3]), 12)
            if value is not None:
                case = {"id": f"decimals/{i}", "expr": text, "lets": [], "inputs": {}, "expected": {"type": "number", "value": format(value, "f")}}
                file.write(json.dumps(case) + "\n")


if __name__ == "__main__":
    sys.exit(write_cases(sys.argv[2]) if sys.argv[1] == "--cases" else main(*sys.argv[1:]))
