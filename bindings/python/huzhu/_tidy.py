"""Small tables of results, as the library that the caller has."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ._errors import ArgumentError

KINDS = ("pandas", "polars", "pyarrow", "dict")
Rows = Sequence[Mapping[str, object]]


def kind_of(wanted: str | None) -> str:
    """pandas if it is installed, else polars, else pyarrow, else dicts of lists; or the one wanted."""
    if wanted is not None:
        if wanted not in KINDS:
            raise ArgumentError(f"frames is {wanted!r}", hint=f"one of {', '.join(KINDS)}")
        return wanted
    return next((k for k in KINDS[:3] if importlib.util.find_spec(k) is not None), "dict")


def frame(rows: Rows, columns: Sequence[str], kind: str) -> Any:
    """Rows as a frame. Amounts stay decimals: objects in pandas, decimals of 38 digits in polars and pyarrow."""
    data = {name: [row.get(name) for row in rows] for name in columns}
    if kind == "dict":
        return data
    if kind == "pandas":
        import pandas

        return pandas.DataFrame(data, columns=list(columns))
    if kind == "polars":
        import polars

        types: dict[str, Any] = {n: polars.Decimal(38, 2) for n, v in data.items() if any(isinstance(x, Decimal) for x in v)}
        return polars.DataFrame(data, schema_overrides=types)
    import pyarrow

    arrays = {
        n: pyarrow.array(v, pyarrow.decimal128(38, 2) if any(isinstance(x, Decimal) for x in v) else None)
        for n, v in data.items()
    }
    return pyarrow.table(arrays)


def text(rows: Rows, columns: Sequence[str]) -> str:
    """Rows as plain text, numbers to the right: for terminals."""

    def cell(value: object) -> str:
        if value is None:
            return "-"
        if isinstance(value, bool):
            return str(value).lower()
        return f"{value:,}" if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else str(value)

    cells = [[cell(row.get(name)) for name in columns] for row in rows]
    right = [all(row.get(name) is None or isinstance(row.get(name), (int, Decimal)) for row in rows) for name in columns]
    widths = [max([_width(name), *(_width(row[i]) for row in cells)]) for i, name in enumerate(columns)]

    def line(row: Sequence[str]) -> str:
        padded = [
            " " * (w - _width(c)) + c if r else c + " " * (w - _width(c)) for c, w, r in zip(row, widths, right, strict=True)
        ]
        return "  ".join(padded).rstrip()

    return "\n".join([line(list(columns)), *map(line, cells)])


def _width(value: str) -> int:
    """Columns on a terminal: Chinese characters have two."""
    import unicodedata

    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in value)
