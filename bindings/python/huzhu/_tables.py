"""Frames of other libraries, in and out, by Arrow's PyCapsule protocol; no library is needed that the caller does not use.

A frame that comes in is `Rows`: a schema and arrays. What goes out is made of a schema and arrays by `of_kind`, as what
came in was: polars, pandas, pyarrow, DuckDB, a dict of NumPy arrays, or `Frame` for anything else.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from huzhu import _core
from huzhu._errors import ArgumentError, LimitError


class Frame:
    """Results as Arrow has them, for whatever reads `__arrow_c_stream__`: `polars.DataFrame(frame)`, `pyarrow.table(frame)`."""

    def __init__(self, schema: Any, arrays: list[Any]) -> None:
        self._schema = schema
        self._arrays = arrays

    def __arrow_c_schema__(self) -> Any:
        return self._schema

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return _core.stream_of(self._schema, self._arrays)

    @property
    def columns(self) -> list[str]:
        return list(_core.schema_names(self._schema))

    def __repr__(self) -> str:
        return f"<huzhu.Frame: {', '.join(self.columns)}>"


class Rows:
    """What came in: a schema, and its arrays one after another, once."""

    def __init__(self, schema: Any, arrays: Iterator[Any], total: int | None, stream: Any = None) -> None:
        self.schema = schema
        self.arrays = arrays
        self.total = total
        self.stream = stream


def _stream(stream: Any) -> Iterator[Any]:
    while True:
        try:
            array = _core.flat_next(stream)
        except (OSError, MemoryError) as error:
            said = _core.flat_stream_error(stream)
            raise (LimitError if isinstance(error, MemoryError) else ArgumentError)(f"the data cannot be read: {said}") from error
        if not _core.is_array(array):
            return
        yield array


def _length(frame: Any) -> int | None:
    """Rows, where a frame knows them without work: a relation of DuckDB would run its query."""
    return len(frame) if module_of(frame) in ("pandas", "polars", "pyarrow") and hasattr(frame, "__len__") else None


def module_of(frame: object) -> str:
    return type(frame).__module__.partition(".")[0].lstrip("_")


def rows_of(frame: Any) -> Rows:
    """Reads a frame of any library."""
    if isinstance(frame, Mapping):
        from huzhu._numpy import array_of

        schema, array, total = array_of(frame)
        return Rows(schema, iter([array]), total)
    if module_of(frame) == "polars" and hasattr(frame, "collect"):
        raise ArgumentError("a LazyFrame has no rows yet", hint="write frame.collect()")
    if hasattr(frame, "__arrow_c_stream__"):
        stream = frame.__arrow_c_stream__()
        return Rows(_core.flat_stream_schema(stream), _stream(stream), _length(frame), stream)
    if hasattr(frame, "__arrow_c_array__"):
        schema, array = frame.__arrow_c_array__()
        return Rows(schema, iter([array]), _core.flat_rows(array))
    hint = "upgrade pandas to 2.2 or later, with pyarrow" if module_of(frame) == "pandas" else ""
    raise ArgumentError(
        f"a {type(frame).__module__}.{type(frame).__qualname__} is no frame",
        hint=hint or "polars, pyarrow, pandas and DuckDB have frames, and so does a dict of NumPy arrays",
    )


def is_reader(frame: Any) -> bool:
    """Whether a frame is a pyarrow.RecordBatchReader: data of any length, read as they are asked for."""
    return module_of(frame) == "pyarrow" and hasattr(frame, "read_next_batch")


class Once:
    """A stream, handed over."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._stream


def read_as_asked(stream: Any) -> Any:
    """A reader over a stream of results; what is wrong with the data is raised by its reading."""
    import pyarrow

    return pyarrow.RecordBatchReader.from_stream(Once(stream))


def of_kind(frame: Any, schema: Any, arrays: list[Any], *, same_rows: bool) -> Any:
    """Results as the frame that came in is. same_rows: they have its rows, so that pandas keeps its index."""
    if isinstance(frame, Mapping):
        from huzhu._numpy import dict_of

        return dict_of(schema, arrays)
    made = Frame(schema, [_core.hold(array) for array in arrays])
    kind = module_of(frame)
    if kind == "polars":
        return sys.modules["polars"].DataFrame(made)
    if kind == "pyarrow":
        return _pyarrow(frame, made)
    if kind == "pandas":
        return _pandas(frame, made, same_rows)
    if kind == "duckdb":
        return _duckdb(frame, made)
    return made


def _pyarrow(frame: Any, made: Frame) -> Any:
    import pyarrow

    if isinstance(frame, pyarrow.RecordBatchReader):
        return pyarrow.RecordBatchReader.from_stream(made)
    table = pyarrow.table(made)
    if isinstance(frame, pyarrow.RecordBatch):
        batches = table.combine_chunks().to_batches()
        return batches[0] if batches else pyarrow.RecordBatch.from_pylist([], schema=table.schema)
    return table


def _pandas(frame: Any, made: Frame, same_rows: bool) -> Any:
    import pandas
    import pyarrow

    table = pyarrow.table(made)
    columns = {
        name: _categorical(column) if pyarrow.types.is_dictionary(column.type) else pandas.arrays.ArrowExtensionArray(column)
        for name, column in zip(table.column_names, table.columns, strict=True)
    }
    index = frame.index if same_rows else pandas.RangeIndex(table.num_rows)
    return pandas.DataFrame(columns, index=index, columns=table.column_names, copy=False)


def _categorical(column: Any) -> Any:
    """A column of codes as pandas has them, -1 where there is none. Codes and labels are right already: pandas need not look."""
    import numpy
    import pandas

    column = column.unify_dictionaries()
    labels = column.chunk(0).dictionary.to_pylist() if column.num_chunks else []
    narrow = numpy.min_scalar_type(-max(len(labels), 1))
    pieces = []
    for chunk in column.chunks:
        if chunk.null_count == len(chunk):
            pieces.append(numpy.full(len(chunk), -1, narrow))
            continue
        valid, values = chunk.indices.buffers()
        first, end = chunk.offset, chunk.offset + len(chunk)
        codes = numpy.frombuffer(values, "i4", end)[first:].astype(narrow)
        if chunk.null_count:
            present = numpy.unpackbits(numpy.frombuffer(valid, "u1"), count=end, bitorder="little")[first:].view("i1")
            codes |= present - numpy.int8(1)  # all bits, which is -1, where there is none
        pieces.append(codes)
    codes = pieces[0] if len(pieces) == 1 else numpy.concatenate([numpy.empty(0, narrow), *pieces])
    return pandas.Categorical.from_codes(codes, pandas.Index(labels, dtype="str"), validate=False)


def _duckdb(frame: Any, made: Frame) -> Any:
    import duckdb
    import pyarrow

    return duckdb.from_arrow(pyarrow.table(made))
