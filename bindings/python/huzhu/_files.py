"""Tables in files, CSV and Parquet, by polars or pyarrow, whichever is installed. Called by `python -m huzhu`.

Cells of CSV stay the texts they are: the library reads dates, amounts and flags from them, exactly.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from ._errors import ArgumentError, LoadError

SUFFIXES = (".csv", ".parquet")


def _library() -> str:
    for name in ("polars", "pyarrow"):
        if importlib.util.find_spec(name) is not None:
            return name
    raise ArgumentError("reading and writing files needs polars or pyarrow", hint="pip install polars")


def _suffix(path: Path) -> str:
    if path.suffix not in SUFFIXES:
        raise ArgumentError(f"{path} is neither CSV nor Parquet by its name", hint="name it .csv or .parquet")
    return path.suffix


def read(path: Path) -> Any:
    """The table in a file."""
    csv = _suffix(path) == ".csv"
    if not path.is_file():
        raise LoadError(f"there is no file {path}")
    try:
        if _library() == "polars":
            import polars

            return polars.read_csv(path, infer_schema=False) if csv else polars.read_parquet(path)
        if csv:
            import pyarrow.csv

            with path.open(encoding="utf-8-sig") as file:
                names = file.readline().rstrip("\r\n").split(",")
            types = {name.strip('"'): pyarrow.string() for name in names}
            return pyarrow.csv.read_csv(
                path, convert_options=pyarrow.csv.ConvertOptions(column_types=types, strings_can_be_null=True)
            )
        import pyarrow.parquet

        return pyarrow.parquet.read_table(path)
    except Exception as error:
        raise LoadError(f"{path} cannot be read: {error}") from error


def csv_text(table: Any) -> str:
    """Whatever has Arrow columns as CSV."""
    if _library() == "polars":
        return str(_flat_polars(table).write_csv())
    import pyarrow
    import pyarrow.csv

    sink = pyarrow.BufferOutputStream()
    pyarrow.csv.write_csv(_flat_pyarrow(table), sink)
    return bytes(sink.getvalue()).decode()


def write(table: Any, path: Path) -> None:
    """Writes whatever has Arrow columns. Lists of codes are texts with blanks between them in CSV."""
    csv = _suffix(path) == ".csv"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if csv:
            path.write_text(csv_text(table), encoding="utf-8")
        elif _library() == "polars":
            import polars

            polars.DataFrame(table).write_parquet(path)
        else:
            import pyarrow.parquet

            pyarrow.parquet.write_table(pyarrow.table(table), path)
    except OSError as error:
        raise LoadError(f"{path} cannot be written: {error}") from error


def _flat_polars(table: Any) -> Any:
    import polars

    frame = polars.DataFrame(table)
    lists = [name for name, kind in frame.schema.items() if kind == polars.List]
    return frame.with_columns(polars.col(name).cast(polars.List(polars.String)).list.join(" ") for name in lists)


def _flat_pyarrow(table: Any) -> Any:
    import pyarrow

    def plain(column: Any) -> Any:
        if pyarrow.types.is_list(column.type):
            return pyarrow.array([None if v is None else " ".join(v) for v in column.to_pylist()], pyarrow.string())
        if pyarrow.types.is_dictionary(column.type) or pyarrow.types.is_decimal(column.type):
            return column.cast(pyarrow.string())
        return column

    whole = pyarrow.table(table)
    return pyarrow.table([plain(c) for c in whole.columns], names=whole.column_names)
