"""Tables of NumPy arrays by the Arrow C Data Interface, out and in: `_columns.Table` to other libraries, the library's arrays
and theirs to columns.

No Arrow library is needed. Out, arrays are lent, not copied (booleans become bits, amounts 16 bytes); in, they are copied, at any
offset and from any library.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Mapping, Sequence

import numpy as np

from . import _core
from ._columns import CODE, DATE, FLAG, MONEY, NUMBER, Array, Column, Table

_ROWS = 1 << 18  # of an array of a stream: what is converted at a time


# ---- Out ----

_FORMATS = {FLAG: "b", DATE: "tdD", MONEY: "d:18,2"}
_INTEGERS = {"int8": "c", "int16": "s", "int32": "i", "int64": "l", "uint8": "C", "uint16": "S", "uint32": "I"}


def _bits(values: Array) -> Array:
    return np.packbits(values.astype(bool, copy=False), bitorder="little")


def _decimals(values: Array) -> Array:
    wide = np.empty((len(values), 2), dtype="<i8")
    wide[:, 0] = values
    wide[:, 1] = values >> 63
    return wide.reshape(-1)


def _texts(labels: Sequence[str]) -> tuple[object, int]:
    """Labels as a column of texts, and their number."""
    parts = [label.encode() for label in labels]
    ends = np.cumsum([0, *map(len, parts)], dtype=np.int32)
    return ("", "u", [None, ends, b"".join(parts)]), len(parts)


def _column(name: str, column: Column) -> tuple[object, ...]:
    """A column as `_core.array_of` takes it."""
    values = np.ascontiguousarray(column.values)
    if column.kind == FLAG:
        values = _bits(values)
    elif column.kind == MONEY:
        values = _decimals(values)
    buffers = [None if column.valid is None else _bits(column.valid), values]
    form = _FORMATS.get(column.kind) or _INTEGERS[column.values.dtype.name]
    return (name, form, buffers, _texts(column.labels)) if column.kind == CODE else (name, form, buffers)


def _metadata(pairs: Mapping[str, str]) -> bytes:
    out = struct.pack("=i", len(pairs))
    for text in (t.encode() for pair in pairs.items() for t in pair):
        out += struct.pack("=i", len(text)) + text
    return out


def schema_capsule(table: Table) -> object:
    """For `__arrow_c_schema__`."""
    schema, _ = _core.array_of([_column(name, column.rows(0, 0)) for name, column in table.columns.items()], 0)
    return _core.schema_saying(schema, _metadata(table.metadata))


def stream_capsule(table: Table) -> object:
    """For `__arrow_c_stream__`."""
    arrays = []
    for first in range(0, len(table), _ROWS):
        rows = min(_ROWS, len(table) - first)
        arrays.append(
            _core.hold(_core.array_of([_column(n, c.rows(first, first + rows)) for n, c in table.columns.items()], rows)[1])
        )
    return _core.stream_of(schema_capsule(table), arrays)


# ---- Back ----


class ArrowSchema(ctypes.Structure):
    pass


class ArrowArray(ctypes.Structure):
    pass


ArrowSchema._fields_ = [
    ("format", ctypes.c_char_p), ("name", ctypes.c_char_p), ("metadata", ctypes.c_void_p), ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64), ("children", ctypes.POINTER(ctypes.POINTER(ArrowSchema))),
    ("dictionary", ctypes.POINTER(ArrowSchema)), ("release", ctypes.c_void_p), ("private_data", ctypes.c_void_p),
]  # fmt: skip
ArrowArray._fields_ = [
    ("length", ctypes.c_int64), ("null_count", ctypes.c_int64), ("offset", ctypes.c_int64), ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64), ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(ArrowArray))), ("dictionary", ctypes.POINTER(ArrowArray)),
    ("release", ctypes.c_void_p), ("private_data", ctypes.c_void_p),
]  # fmt: skip


def _address(capsule: object, name: bytes) -> int:
    call = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.py_object, ctypes.c_char_p)(("PyCapsule_GetPointer", ctypes.pythonapi))
    return int(call(capsule, name) or 0)


def _view(address: int | None, count: int, dtype: str) -> Array:
    size = np.dtype(dtype).itemsize
    if count == 0 or not address:
        return np.zeros(count, dtype=dtype)
    return np.asarray(np.ctypeslib.as_array((ctypes.c_uint8 * (count * size)).from_address(address)).view(dtype))


def _read_bits(address: int | None, offset: int, length: int) -> Array:
    return np.unpackbits(_view(address, (offset + length + 7) // 8, "u1"), bitorder="little")[offset : offset + length].astype(
        bool
    )


_WIDTHS = {"c": "i1", "C": "u1", "s": "<i2", "S": "<u2", "i": "<i4", "I": "<u4", "l": "<i8", "L": "<u8", "tdD": "<i4"}


_TEXTS = ("u", "U", "vu")


def _read_texts(array: ArrowArray, offset: int, length: int, form: str) -> list[str]:
    """Texts, large texts, or views of texts."""
    if form == "vu":
        return _read_views(array, offset, length)
    ends = _view(array.buffers[1], offset + length + 1, "<i8" if form == "U" else "<i4")[offset:].tolist()
    data = _view(array.buffers[2], ends[-1], "u1").tobytes()
    return [data[first:end].decode() for first, end in zip(ends, ends[1:], strict=False)]


def _short_texts(array: ArrowArray, offset: int, length: int) -> tuple[Array, tuple[str, ...]] | None:
    """Places in the different texts, and these; None: they are too long for a table of their bytes, or have a NUL in them."""
    ends = _view(array.buffers[1], offset + length + 1, "<i4")[offset:].astype(np.int64)
    sizes = np.diff(ends)
    width = int(sizes.max(initial=1))
    data = _view(array.buffers[2], int(ends[-1]), "u1")
    if width > 24 or length < 1000 or (data[ends[0] :] == 0).any():
        return None
    table = np.zeros((length, width), dtype=np.uint8)
    for at in range(width):
        has = sizes > at
        table[has, at] = data[ends[:-1][has] + at]
    unique, places = np.unique(table.reshape(-1).view(f"S{width}"), return_inverse=True)
    return places.astype(np.int32), tuple(text.decode() for text in unique.tolist())


def _read_views(array: ArrowArray, offset: int, length: int) -> list[str]:
    """A view is its length, then up to 12 bytes, or 4 of them, the number of a buffer and a place in it."""
    raw = _view(array.buffers[1], 16 * (offset + length), "u1")[16 * offset :].tobytes()
    more = array.n_buffers - 3
    sizes = _view(array.buffers[array.n_buffers - 1], more, "<i8").tolist()
    buffers = [_view(array.buffers[2 + i], size, "u1").tobytes() for i, size in enumerate(sizes)]
    out: list[str] = []
    for size, _, number, place in struct.iter_unpack("<iiii", raw):
        at = 16 * len(out)
        out.append((raw[at + 4 : at + 4 + size] if size <= 12 else buffers[number][place : place + size]).decode())
    return out


def _read_column(schema: ArrowSchema, array: ArrowArray, offset: int, length: int) -> Column | None:
    """A column by copy; None: of a type that is not read here (lists)."""
    form = schema.format.decode()
    offset += array.offset
    valid = (
        _read_bits(array.buffers[0], offset, length) if array.null_count != 0 and array.n_buffers and array.buffers[0] else None
    )
    if schema.dictionary:
        inner = schema.dictionary.contents.format.decode()
        if inner not in _TEXTS:
            return None
        of = array.dictionary.contents
        labels = tuple(_read_texts(of, of.offset, of.length, inner))
        values = _view(array.buffers[1], offset + length, _WIDTHS[form])[offset:].copy()
        return Column(CODE, values, valid, labels)
    if form == "b":
        return Column(FLAG, _read_bits(array.buffers[1], offset, length), valid)
    if form in _WIDTHS:
        return Column(
            DATE if form == "tdD" else NUMBER, _view(array.buffers[1], offset + length, _WIDTHS[form])[offset:].copy(), valid
        )
    if form.startswith("d:"):
        wide = _view(array.buffers[1], 2 * (offset + length), "<i8").reshape(-1, 2)[offset:]
        if (wide[:, 1] == wide[:, 0] >> 63).all():
            return Column(MONEY, wide[:, 0].copy(), valid)
        values = np.array([(int(high) << 64) + int(np.uint64(low)) for low, high in wide], dtype=object)
        return Column(MONEY, values, valid)
    if form in _TEXTS:
        if form == "u" and (short := _short_texts(array, offset, length)) is not None:
            return Column(CODE, short[0], valid, short[1])
        texts = _read_texts(array, offset, length, form)
        unique = {text: i for i, text in enumerate(dict.fromkeys(texts))}
        return Column(CODE, np.array([unique[text] for text in texts], dtype=np.int32), valid, tuple(unique))
    return None


def column_names(schema: object) -> tuple[str, ...]:
    """Names of the columns of a schema capsule."""
    held = ArrowSchema.from_address(_address(schema, b"arrow_schema"))
    return tuple(held.children[i].contents.name.decode() for i in range(held.n_children))


def read_columns(schema: object, array: object, names: Sequence[str] | None = None) -> dict[str, Column]:
    """Columns of a pair of capsules, copied: all, or those of names that there are."""
    top = ArrowSchema.from_address(_address(schema, b"arrow_schema"))
    held = ArrowArray.from_address(_address(array, b"arrow_array"))
    out = {}
    for i in range(top.n_children):
        child = top.children[i].contents
        name = child.name.decode()
        if names is None or name in names:
            column = _read_column(child, held.children[i].contents, held.offset, held.length)
            if column is not None:
                out[name] = column
    return out
