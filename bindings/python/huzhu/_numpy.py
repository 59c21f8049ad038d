"""Dicts of NumPy arrays (or lists) as frames, in and out. NumPy is needed only for what comes out.

In: whole numbers, booleans, datetime64 and floats go as the buffers they are; texts and objects (str, Decimal, date, bool,
int, None) as texts, which every kind of input reads. Masked arrays, NaT and None are absent.

Out: what NumPy has a type for as that; amounts as arrays of Decimal, codes and texts as arrays of str, both with None where
there is nothing; whole numbers with gaps and flags with gaps as objects too.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from huzhu import _core
from huzhu._errors import ArgumentError, InputTypeError
from huzhu._values import day, no_float

_FORMATS = {"i1": "c", "u1": "C", "i2": "s", "u2": "S", "i4": "i", "u4": "I", "i8": "l", "u8": "L", "f4": "f", "f8": "g"}
_UNITS = {"s": "tss:", "ms": "tsm:", "us": "tsu:", "ns": "tsn:"}

Column = tuple[str, str, list[Any]]


def array_of(frame: Mapping[str, Any]) -> tuple[Any, Any, int]:
    """A dict of columns as a schema and an array, and the number of rows."""
    columns = []
    rows: int | None = None
    for name, values in frame.items():
        count = len(values)
        if rows is not None and count != rows:
            raise ArgumentError(f"column `{name}` has {count} rows, and those before have {rows}", hint="columns are of one length")
        rows = count
        columns.append(_column(str(name), values))
    schema, made = _core.array_of(columns, rows or 0)
    return schema, made, rows or 0


def _bits(flags: Iterable[bool]) -> bytes:
    """Flags as Arrow has them, a bit each, the lowest first."""
    all_flags = list(flags)
    made = bytearray((len(all_flags) + 7) // 8)
    for index, flag in enumerate(all_flags):
        if flag:
            made[index >> 3] |= 1 << (index & 7)
    return bytes(made)


def _column(name: str, values: Any) -> Column:
    kind = getattr(values, "dtype", None)
    if kind is None or not hasattr(kind, "str"):
        return _texts(name, values)
    import numpy

    mask = numpy.ma.getmaskarray(values) if isinstance(values, numpy.ma.MaskedArray) else None
    data = numpy.ascontiguousarray(numpy.ma.getdata(values))
    if data.ndim != 1:
        raise ArgumentError(f"column `{name}` has {data.ndim} dimensions", hint="a column has one")
    if kind.kind == "M":
        unit = numpy.datetime_data(kind)[0]
        absent = numpy.isnat(data)
        mask = absent if mask is None else mask | absent
        if unit in _UNITS:
            return name, _UNITS[unit], [_valid(mask), data.view("i8")]
        return name, "tdD", [_valid(mask), data.astype("M8[D]").astype("i8").astype("i4")]
    if kind.kind == "b":
        return name, "b", [_valid(mask), numpy.packbits(data, bitorder="little")]
    if kind.str[1:] in _FORMATS:
        return name, _FORMATS[kind.str[1:]], [_valid(mask), data.astype(kind.newbyteorder("="), copy=False)]
    listed = data.tolist()
    if mask is not None:
        listed = [None if hidden else value for hidden, value in zip(mask, listed, strict=True)]
    return _texts(name, listed)


def _valid(mask: Any) -> Any:
    if mask is None or not mask.any():
        return None
    import numpy

    return numpy.packbits(~mask, bitorder="little")


def _texts(name: str, values: Sequence[object]) -> Column:
    """Any values as texts; offsets of 64 bits."""
    offsets = array("q", [0])
    pieces = []
    size = 0
    present = []
    for value in values:
        text = _text(name, value)
        present.append(text is not None)
        if text:
            piece = text.encode()
            pieces.append(piece)
            size += len(piece)
        offsets.append(size)
    valid = None if all(present) else _bits(present)
    return name, "U", [valid, offsets, b"".join(pieces)]


def _text(name: str, value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return "true" if value else "false"
    if isinstance(value, float):
        if value != value:  # NaN, as pandas and NumPy have it in columns of objects
            return None
        raise no_float(name)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        found = day(value)
        return value.isoformat() if found is None else found.isoformat()
    if hasattr(value, "__index__"):
        return str(value.__index__())
    raise InputTypeError(f"column `{name}` has a {type(value).__name__} in it", code="R_TYPE", input=name)


# ---- Back ----------------------------------------------------------------------------------------------------------------


def dict_of(schema: Any, arrays: list[Any]) -> dict[str, Any]:
    """Results as a dict of NumPy arrays."""
    import numpy

    pieces = [_core.columns_of(schema, array) for array in arrays]
    names = _core.schema_names(schema)
    if not pieces:
        return {name: numpy.array([], dtype=object) for name in names}
    return {
        name: numpy.concatenate([_array(piece[index]) for piece in pieces]) if len(pieces) > 1 else _array(pieces[0][index])
        for index, name in enumerate(names)
    }


def _array(column: Any) -> Any:
    import numpy

    _, kind, rows, validity, values, more, child, dictionary = column
    valid = None if validity is None else numpy.unpackbits(numpy.frombuffer(validity, "u1"), count=rows, bitorder="little").astype(bool)
    if valid is not None and valid.all():
        valid = None
    if dictionary is not None:
        listed = _array(dictionary)
        found = listed[numpy.where(valid, numpy.frombuffer(values, "i4"), 0)] if valid is not None else listed[numpy.frombuffer(values, "i4")]
    elif kind in ("u", "U"):
        offsets = numpy.frombuffer(values, "i4" if kind == "u" else "i8").tolist()
        found = _objects([more[offsets[i] : offsets[i + 1]].decode() for i in range(rows)] if rows else [])
    elif kind == "+l":
        offsets = numpy.frombuffer(values, "i4").tolist()
        items = _array(child).tolist()
        found = _objects([tuple(items[offsets[i] : offsets[i + 1]]) for i in range(rows)])
    elif kind[0] == "d":
        found = _decimals(values, rows, int(kind.partition(",")[2].partition(",")[0]))
    elif kind == "tdD":
        found = numpy.frombuffer(values, "i4").astype("i8").astype("M8[D]")
        return found if valid is None else numpy.where(valid, found, numpy.datetime64("NaT"))
    elif kind == "b":
        found = numpy.unpackbits(numpy.frombuffer(values, "u1"), count=rows, bitorder="little").astype(bool)
    else:
        found = numpy.frombuffer(values, {form: name for name, form in _FORMATS.items()}[kind])
    if valid is None:
        return found
    found = found.astype(object)
    found[~valid] = None
    return found


def _objects(items: list[Any]) -> Any:
    import numpy

    made = numpy.empty(len(items), dtype=object)
    for index, item in enumerate(items):
        made[index] = item
    return made


def _decimals(values: bytes, rows: int, scale: int) -> Any:
    import numpy

    halves = numpy.frombuffer(values, "i8").reshape(rows, 2)
    low, high = halves[:, 0], halves[:, 1]
    if bool((high == (low >> 63)).all()):
        numbers = low.tolist()
    else:
        unsigned = low.view("u8").tolist()
        numbers = [(h << 64) + u for h, u in zip(high.tolist(), unsigned, strict=True)]
    return _objects([Decimal(number).scaleb(-scale) for number in numbers])
