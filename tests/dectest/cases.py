"""The decTest cases of decQuad against the wide path's decimals: cases.py PROGRAM FOLDER.

Operations: add, subtract, multiply, divide, compare, minus, abs, quantize. A result counts when coefficient and exponent
are the expected ones; infinity and NaN made of numbers stand for `none`. Skipped, with their reasons counted: operands
that are no numbers, rounding modes that the library does not have, and arithmetic under another mode than half even.
Then powers and modulo against exact whole numbers of Python's own.
"""

import random
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

FILES = {
    "dqAdd": {"add"}, "dqSubtract": {"subtract"}, "dqMultiply": {"multiply"}, "dqDivide": {"divide"},
    "dqCompare": {"compare"}, "dqQuantize": {"quantize"}, "dqMinus": {"minus"}, "dqAbs": {"abs"},
}
MODES = {"up", "down", "half_up", "half_down", "half_even", "floor", "ceiling"}
NUMBER = re.compile(r"([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$")


def parse(text):
    """(coefficient, scale), or None for what is no number of at most 34 digits."""
    match = NUMBER.match(text)
    if not match or not (match.group(2) or match.group(3)):
        return None
    fraction = match.group(3) or ""
    coefficient = int((match.group(2) or "") + fraction)
    if coefficient >= 10**34:
        return None
    if match.group(1) == "-":
        coefficient = -coefficient
    return coefficient, len(fraction) - int(match.group(4) or 0)


def unquoted(text):
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"" else text


def read(path, operations):
    """Cases (id, operation, mode, operands, expected) and reasons of what is skipped."""
    mode, cases, skipped = "half_even", [], {}
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        line = line.split("--")[0].strip()
        if line.lower().startswith("rounding:"):
            mode = line.split(":")[1].strip().lower()
        if "->" not in line:
            continue
        left, right = line.split("->")
        name, operation, *operands = [unquoted(word) for word in left.split()]
        expected = unquoted(right.split()[0])
        if operation not in operations:
            reason = "another operation"
        elif any(parse(operand) is None for operand in operands):
            reason = "an operand that is no number of 34 digits"
        elif mode not in MODES:
            reason = "a rounding mode that the library does not have"
        elif mode != "half_even" and operation not in ("quantize", "compare"):
            reason = "arithmetic that does not round half to even"
        else:
            cases.append((name, operation, mode, [parse(o) for o in operands], expected))
            continue
        skipped[reason] = skipped.get(reason, 0) + 1
    return cases, skipped


def run(program, lines):
    done = subprocess.run([program], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def line_of(operation, mode, operands):
    (a, a_scale), (b, b_scale) = operands if len(operands) > 1 else (operands[0], (0, 0))
    return f"{operation} {mode} {a} {a_scale} {b} {b_scale}"


def right(got, expected):
    want = parse(expected)
    return got == "none" if want is None else got == f"{want[0]} {want[1]}"


def cases_of_files(program, folder):
    passed, failed, skipped = 0, 0, {}
    for file, operations in FILES.items():
        cases, reasons = read(folder / f"{file}.decTest", operations)
        for reason, count in reasons.items():
            skipped[reason] = skipped.get(reason, 0) + count
        answers = run(program, [line_of(operation, mode, operands) for _, operation, mode, operands, _ in cases])
        if len(answers) != len(cases) or not cases:
            print(f"{file}: {len(cases)} cases, {len(answers)} answers")
            failed += 1
        for (name, operation, mode, operands, expected), got in zip(cases, answers):
            if right(got, expected):
                passed += 1
            else:
                failed += 1
                print(f"FAILED {name}: {operation} {mode} {operands} gave {got}, expected {expected}")
    return passed, failed, skipped


# ---- Powers and modulo, for which decQuad has no cases ----


def rounded(value):
    """A Fraction as decimal128 has it: (coefficient, scale) without zeros at its end; None beyond the range."""
    if value == 0:
        return 0, 0
    sign, value = (-1 if value < 0 else 1), abs(value)
    scale = 0
    while value >= 10**34:
        value, scale = value / 10, scale - 1
    while value < 10**33 and scale < 6176:
        value, scale = value * 10, scale + 1
    whole = value.numerator // value.denominator
    rest = value - whole
    if rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1):
        whole += 1
    while whole and whole % 10 == 0:
        whole, scale = whole // 10, scale - 1
    if scale < -6111 and len(str(whole)) - scale > 6145:
        return None
    return sign * whole, scale


def trimmed(answer):
    if answer == "none":
        return None
    coefficient, scale = (int(word) for word in answer.split())
    if coefficient == 0:
        return 0, 0
    while coefficient % 10 == 0:
        coefficient, scale = coefficient // 10, scale - 1
    return coefficient, scale


def random_number(source):
    digits = source.choice([1, 2, 3, 5, 10, 20, 33, 34])
    return source.randint(-(10**digits) + 1, 10**digits - 1), source.randint(-5, 40)


def fraction(number):
    return Fraction(number[0]) / Fraction(10) ** number[1]


def own_cases(program):
    source = random.Random(20150701)
    lines, wanted = [], []
    for _ in range(2500):
        x, n = random_number(source), source.choice([0, 1, 2, 3, 4, 5, 7, 10, 12, 20, 31, -1, -2, -3, -7, -12])
        lines.append(line_of("power", "half_even", [x, (n, 0)]))
        wanted.append(None if x[0] == 0 and n < 0 else rounded(fraction(x) ** n))
    for _ in range(2500):
        x, y = random_number(source), random_number(source)
        lines.append(line_of("modulo", "half_even", [x, y]))
        wanted.append(rounded(fraction(x) % fraction(y)) if y[0] != 0 else None)
    answers = run(program, lines)
    failed = len(answers) != len(lines)
    for line, want, got in zip(lines, wanted, answers):
        if trimmed(got) != want:
            failed += 1
            print(f"FAILED {line} gave {got}, expected {want}")
    return len(lines) - failed, failed


def main(program, folder):
    passed, failed, skipped = cases_of_files(program, Path(folder))
    for reason, count in sorted(skipped.items()):
        print(f"skipped {count}: {reason}")
    own_passed, own_failed = own_cases(program)
    print(f"{passed + own_passed} passed, {failed + own_failed} failed, {sum(skipped.values())} skipped")
    return 1 if failed + own_failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
