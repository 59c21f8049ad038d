"""Columns of NumPy arrays, and tables of them: what a population is made of. `_arrow` hands them to other libraries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

NUMBER, FLAG, DATE, MONEY, CODE = "number", "flag", "date", "money", "code"


@dataclass(frozen=True)
class Column:
    """Values of one kind: numbers, flags (bool), dates (days since 1970), money (分), codes (into labels).

    valid says which rows have a value; None: all.
    """

    kind: str
    values: Array
    valid: Array | None = None
    labels: tuple[str, ...] = ()

    def take(self, index: Array) -> Column:
        """The rows of index (row numbers, or a mask)."""
        return Column(self.kind, self.values[index], None if self.valid is None else self.valid[index], self.labels)

    def rows(self, first: int, end: int) -> Column:
        """Rows first to end - 1, not copied."""
        return Column(self.kind, self.values[first:end], None if self.valid is None else self.valid[first:end], self.labels)

    def numpy(self) -> Array:
        """As an analyst reads it: dates as datetime64, codes as texts, money in 分 as int64.

        Rows without a value are NaT, "", or masked.
        """
        if self.kind == CODE:
            values: Array = np.array([*self.labels, ""], dtype=str)[self.values]
        elif self.kind == DATE:
            values = self.values.astype("datetime64[D]")
        else:
            values = self.values
        if self.valid is None:
            return values
        if self.kind == CODE:
            return np.where(self.valid, values, "")
        if self.kind == DATE:
            return np.where(self.valid, values, np.datetime64("NaT"))
        return np.ma.masked_array(values, ~self.valid)


def numbers(values: Array, valid: Array | None = None) -> Column:
    return Column(NUMBER, values, valid)


def flags(values: Array) -> Column:
    return Column(FLAG, values)


def dates(values: Array, valid: Array | None = None) -> Column:
    return Column(DATE, values.astype(np.int32, copy=False), valid)


def money(values: Array, valid: Array | None = None) -> Column:
    return Column(MONEY, values.astype(np.int64, copy=False), valid)


def codes(values: Array, labels: Sequence[str], valid: Array | None = None) -> Column:
    return Column(CODE, values.astype(np.int8, copy=False), valid, tuple(labels))


class Table:
    """A table of columns. `polars.DataFrame(frame)`, `pyarrow.table(frame)` and huzhu's own functions take it as it is.

    `frame["name"]` is a NumPy array for looking (see Column.numpy); `frame.column("name")` what is stored.
    """

    def __init__(self, name: str, columns: Mapping[str, Column], metadata: Mapping[str, str] | None = None) -> None:
        self.name = name
        self.columns = dict(columns)
        self.metadata = dict(metadata or {})
        lengths = {len(c.values) for c in self.columns.values()}
        if len(lengths) > 1:
            raise ValueError(f"{name}: columns of different lengths: {sorted(lengths)}")
        self._length = lengths.pop() if lengths else 0

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    def __getitem__(self, name: str) -> Array:
        return self.column(name).numpy()

    def column(self, name: str) -> Column:
        """The column as it is stored."""
        try:
            return self.columns[name]
        except KeyError:
            raise KeyError(f"{self.name} has no column {name!r}; it has {', '.join(self.columns)}") from None

    def take(self, index: Array) -> Table:
        """The rows of index (row numbers, or a mask), as a frame."""
        return Table(self.name, {n: c.take(index) for n, c in self.columns.items()}, self.metadata)

    def __getstate__(self) -> dict[str, Any]:
        return dict(self.__dict__)

    def __repr__(self) -> str:
        note = self.metadata.get("synthetic", "")
        return f"<{self.name}: {len(self):,} rows × {len(self.columns)} columns{': ' + note if note else ''}>"

    def to_arrow(self) -> Any:
        """A pyarrow.Table."""
        import pyarrow

        return pyarrow.table(self)

    def to_polars(self) -> Any:
        """A polars.DataFrame."""
        import polars

        return polars.DataFrame(self)

    def to_pandas(self) -> Any:
        """A pandas.DataFrame, by pyarrow, with types of Arrow: whole numbers with gaps stay whole, dates and amounts exact."""
        import pandas
        import pyarrow

        def exact(kind: Any) -> Any:
            return None if pyarrow.types.is_dictionary(kind) else pandas.ArrowDtype(kind)

        return self.to_arrow().to_pandas(types_mapper=exact)

    def __arrow_c_schema__(self) -> object:
        from ._arrow import schema_capsule

        return schema_capsule(self)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        from ._arrow import stream_capsule

        return stream_capsule(self)
