"""In the place of the program, for the oracles: `program.py eval RULESET --plan P [--carry | --fresh]`, claims in, decisions out.

Each line that is JSON goes through the public calls, each value as the type that Python has for it (dates as date, numbers as
Decimal or int, by turns as text); what such a call refuses, and what is no JSON, goes as the line itself.
"""

import json
import sys
from datetime import date
from decimal import Decimal

import huzhu


def pairs(items):
    if len({key for key, _ in items}) != len(items):
        raise ValueError("a key stands twice")
    return dict(items)


def typed(plan, name, value, number):
    """A value as a caller of Python has it."""
    info = plan.inputs.get(name)
    if info is None or value is None:
        return value
    if info.type == "date" and isinstance(value, str):
        return date.fromisoformat(value) if number % 3 and len(value) == 10 and value.isascii() else value
    if isinstance(value, Decimal) and value == value.to_integral_value() and number % 2:
        return int(value)
    return value


def answer(plan, line, number, fresh, ledger):
    try:
        claim = json.loads(line, object_pairs_hook=pairs, parse_int=Decimal, parse_float=Decimal, parse_constant=float)
        if not isinstance(claim, dict) or "reverses" in claim:
            raise ValueError
        counters, ask, id = (claim.pop(name, None) for name in ("counters", "ask", "id"))
        if not isinstance(id, (str, type(None))) or not isinstance(counters, (dict, type(None))):
            raise ValueError
        claim = {name: typed(plan, name, value, number) for name, value in claim.items()}
        return plan.evaluate(claim, counters=counters, ask="claim" if ask is None else ask, id=id, fresh=fresh, ledger=ledger)
    except (ValueError, TypeError, huzhu.Error, AttributeError):
        return plan.evaluate_json(line, fresh=fresh, ledger=ledger)


def main(arguments):
    assert arguments[0] == "eval" and arguments[2] == "--plan"
    plan = huzhu.load(arguments[1])[arguments[3]]
    ledger = huzhu.Ledger() if "--carry" in arguments else None
    worst = 0
    for number, line in enumerate(sys.stdin.buffer, 1):
        text = line.decode("utf-8", "surrogateescape").removesuffix("\n")
        decision = answer(plan, text.encode("utf-8", "surrogateescape"), number, "--fresh" in arguments, ledger)
        sys.stdout.write(decision.to_json("zh", number) + "\n")
        worst |= decision.outcome == "error"
    return worst


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.exit(main(sys.argv[1:]))
