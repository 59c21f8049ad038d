"""Python's values as the library takes them, and back: dates, decimals, texts; settings of scenarios.

Called by `_rules` and `_study`. What is wrong with a value is said by the library itself (`_rules.Plan._refused`), but for
floats, which it never gets to see.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from operator import index
from typing import Any

from huzhu import _core
from huzhu._errors import InputTypeError

KEY, DATE, BOOLEAN, CODE, TEXT, COUNT, MONEY, RATE, NUMBER = range(1, 10)
TYPES = {
    KEY: "key",
    DATE: "date",
    BOOLEAN: "boolean",
    CODE: "code",
    TEXT: "text",
    COUNT: "count",
    MONEY: "money",
    RATE: "rate",
    NUMBER: "number",
}
NEEDS = {1: "required", 2: "optional", 3: "default", 4: "conditional"}
COUNTERS = {1: "number", 2: "boolean", 3: "date"}

_EPOCH = date(1970, 1, 1).toordinal()
_INT64 = range(-(2**63), 2**63)


class Unfit(Exception):
    """A value that no setter takes: the claim goes by JSON instead, where the library says what is wrong."""


def no_float(name: str) -> InputTypeError:
    return InputTypeError(
        f"`{name}` is a float, which is not exact",
        code="R_TYPE",
        hint='write Decimal("1300.00"), "1300.00", or a whole number',
        input=name,
    )


def _is_float(value: object) -> bool:
    return isinstance(value, float) or type(value).__name__ in ("float16", "float32")


def _whole(value: Any) -> int | None:
    """A whole number of any library, NumPy's too; None: it is none."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        return None
    return index(value)


def day(value: date) -> date | None:
    """A date without a time; None for a time that is no midnight, or has a zone."""
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None and value == datetime(value.year, value.month, value.day):
        return value.date()
    return None


def _set_text(claim: Any, index: int, value: object) -> None:
    if not isinstance(value, str):
        raise Unfit
    _core.claim_set_text(claim, index, value)


def _set_code(claim: Any, index: int, value: object) -> None:
    if not isinstance(value, str):
        raise Unfit
    _core.claim_set_code(claim, index, value)


def _set_boolean(claim: Any, index: int, value: object) -> None:
    if not isinstance(value, bool) and type(value).__name__ not in ("bool", "bool_"):
        raise Unfit
    _core.claim_set_boolean(claim, index, 1 if value else 0)


def _set_date(claim: Any, index: int, value: object) -> None:
    if type(value) is date:
        _core.claim_set_days(claim, index, value.toordinal() - _EPOCH)
    elif isinstance(value, date) and (found := day(value)) is not None:
        _core.claim_set_days(claim, index, found.toordinal() - _EPOCH)
    elif isinstance(value, str):
        _core.claim_set_value(claim, index, value)
    else:
        raise Unfit


def _set_number(claim: Any, index: int, value: object) -> None:
    if type(value) is int and value in _INT64:
        _core.claim_set_decimal(claim, index, value, 0)
    elif type(value) is Decimal:
        _core.claim_set_value(claim, index, format(value, "f"))
    elif (number := _whole(value)) is not None and number in _INT64:
        _core.claim_set_decimal(claim, index, number, 0)
    elif isinstance(value, str):
        _core.claim_set_value(claim, index, value)
    else:
        raise Unfit


Setter = Callable[[Any, int, object], None]
SETTERS: dict[int, Setter] = {
    KEY: _set_text,
    DATE: _set_date,
    BOOLEAN: _set_boolean,
    CODE: _set_code,
    TEXT: _set_text,
    COUNT: _set_number,
    MONEY: _set_number,
    RATE: _set_number,
    NUMBER: _set_number,
}


def _counter_number(claim: Any, index: int, value: object) -> None:
    if type(value) is Decimal:
        _core.claim_set_counter_text(claim, index, format(value, "f"))
    elif isinstance(value, str) or _whole(value) is not None:
        _core.claim_set_counter_text(claim, index, str(value))
    else:
        raise Unfit


def _counter_boolean(claim: Any, index: int, value: object) -> None:
    if not isinstance(value, bool):
        raise Unfit
    _core.claim_set_counter(claim, index, 1 if value else 0)


def _counter_date(claim: Any, index: int, value: object) -> None:
    if not isinstance(value, date) or (found := day(value)) is None:
        raise Unfit
    _core.claim_set_counter(claim, index, found.toordinal() - _EPOCH)


COUNTER_SETTERS: dict[str, Setter] = {"number": _counter_number, "boolean": _counter_boolean, "date": _counter_date}


def _json(value: object, name: str) -> str:
    """A value as JSON, numbers by their digits: nothing becomes a float on the way."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool) or type(value).__name__ in ("bool", "bool_"):
        return "true" if value else "false"
    if _is_float(value):
        raise no_float(name)
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() else f'"{value}"'
    if isinstance(value, date):
        found = day(value)
        return f'"{value.isoformat() if found is None else found.isoformat()}"'
    if isinstance(value, Mapping):
        items = (f"{json.dumps(str(key), ensure_ascii=False)}:{_json(item, str(key))}" for key, item in value.items())
        return "{" + ",".join(items) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(_json(item, name) for item in value) + "]"
    if (number := _whole(value)) is not None:
        return str(number)
    raise InputTypeError(
        f"`{name}` is a {type(value).__name__}, which no claim has",
        code="R_TYPE",
        hint="texts, dates, Decimal, whole numbers, True and False go into claims",
        input=name,
    )


def claim_json(claim: Mapping[str, object]) -> str:
    """A claim as one line of JSON."""
    return _json(claim, "")


# ---- Back -------------------------------------------------------------------------------------------------------------


def amount(text: str | None) -> Decimal | None:
    return None if not text else Decimal(text)


def counter_value(kind: str, text: object) -> Decimal | int | bool | date | None:
    """What JSON has of a counter: sums in money as Decimal, whole numbers as int, flags and days as they are."""
    if text is None or text == "":
        return None
    if isinstance(text, bool) or kind == "boolean":
        return text if isinstance(text, bool) else text == "true"
    if kind == "date":
        return date.fromisoformat(str(text))
    number = Decimal(str(text))
    exponent = number.as_tuple().exponent
    return int(number) if exponent == 0 else number


# ---- Settings ------------------------------------------------------------------------------------------------------------

Settings = str | Sequence[str] | Mapping[str, object] | None


def _literal(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if _is_float(value):
        raise InputTypeError(f"{value!r} is a float, which is not exact", code="R_TYPE", hint='write Decimal("0.3") or "0.3"')
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    return str(value)


_DATED = re.compile(r"\s*(\S+)\s+(from\s+\S+(?:\s+until\s+\S+)?)\s*")
_READING = re.compile(r"\s*(\S+)\s*:=\s*")


def setting_line(path: str, value: object) -> str:
    """A setting as the library reads it. Behind the path may stand from when it holds, or `:=`, which chooses a reading.

    >>> setting_line("inpatient-allowance.daily_amount from 2026-01-01", 60)
    'inpatient-allowance.daily_amount=60 from 2026-01-01'
    >>> setting_line("accident-and-property.fire_maximum :=", "programme")
    'accident-and-property.fire_maximum:=programme'
    """
    if reading := _READING.fullmatch(path):
        return f"{reading[1]}:={value}"
    if dated := _DATED.fullmatch(path):
        return f"{dated[1]}={_literal(value)} {dated[2]}"
    return f"{path}={_literal(value)}"


def settings_lines(settings: Settings) -> list[str]:
    """Settings as lines of `path=value`: a text, a list of texts, or a mapping from paths to values (`setting_line`)."""
    if settings is None:
        return []
    if isinstance(settings, str):
        return settings.splitlines()
    if isinstance(settings, Mapping):
        return [setting_line(path, value) for path, value in settings.items()]
    return [str(line) for line in settings]
