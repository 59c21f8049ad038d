"""Frames of every library: in and out as the same kind, answers as single claims have them."""

from __future__ import annotations

from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

import duckdb
import numpy
import pandas
import polars
import pyarrow
import pytest

import huzhu

ROWS = 400


@pytest.fixture(scope="module")
def claims() -> list[dict[str, object]]:
    """Stays with everything in them: gaps, bad values, refusals."""
    random = numpy.random.default_rng(7)
    made = []
    for number in range(ROWS):
        admitted = date(2024, 1, 1).toordinal() + int(random.integers(0, 380))
        made.append(
            {
                "id": f"A{number}",
                "member": f"M{number // 3}",
                "cover": "C1",
                "cover_start": date(2024, 1, 1),
                "cover_end": date(2024, 12, 31),
                "admitted": date.fromordinal(admitted),
                "discharged": None if number % 17 == 5 else date.fromordinal(admitted + int(random.integers(-1, 250))),
                "hospital_level": None if number % 41 == 3 else int(random.integers(0, 4)),
                "cause": ["illness", "accident", "psychiatric", None, "ilness"][number % 23 % 5],
            }
        )
    return made


@pytest.fixture(scope="module")
def expected(claims: list[dict[str, object]]) -> dict[str, list[object]]:
    """What single claims answer, one after another with a ledger."""
    plan = huzhu.load("beijing")["inpatient-allowance"]
    ledger = huzhu.Ledger()
    found: dict[str, list[object]] = {"outcome": [], "reason": [], "error": [], "total": [], "reasons": []}
    for claim in claims:
        inputs = {name: value for name, value in claim.items() if name != "id"}
        try:
            decision = plan.evaluate(inputs, ledger=ledger)
        except huzhu.InputError as error:
            for name, value in (("outcome", "error"), ("reason", None), ("error", error.code), ("total", None), ("reasons", [])):
                found[name].append(value)
            continue
        codes = [reason.code for reason in decision.reasons]
        found["outcome"].append(decision.outcome)
        found["reason"].append(codes[0] if codes else None)
        found["error"].append(decision.error.code if decision.error else None)
        found["total"].append(decision.total)
        found["reasons"].append(codes)
    assert {"paid", "nothing_due", "refused", "incomplete", "error"} <= set(found["outcome"])  # else the tests are hollow
    return found


def same(table: pyarrow.Table, expected: dict[str, list[object]], claims: list[dict[str, object]]) -> None:
    got = table.to_pydict()
    assert got["id"] == [claim["id"] for claim in claims]
    for name in ("outcome", "reason", "error", "total"):
        assert got[name] == expected[name], name


def table_of(claims: list[dict[str, object]]) -> pyarrow.Table:
    return pyarrow.Table.from_pylist(claims)


CARRIED = {"counters": "carried"}


def test_pyarrow(allowance: huzhu.Plan, claims: list, expected: dict) -> None:
    table = table_of(claims)
    out = allowance.evaluate_frame(table, **CARRIED)
    assert isinstance(out, pyarrow.Table) and out.schema.field("total").type == pyarrow.decimal128(18, 2)
    same(out, expected, claims)
    batch = allowance.evaluate_frame(table.to_batches()[0], **CARRIED)
    assert isinstance(batch, pyarrow.RecordBatch)
    same(pyarrow.table(batch), expected, claims)
    reader = allowance.evaluate_frame(table.to_reader(max_chunksize=7), **CARRIED)
    assert isinstance(reader, pyarrow.RecordBatchReader)
    same(reader.read_all(), expected, claims)


def test_a_reader_reads_as_asked(allowance: huzhu.Plan, claims: list, expected: dict) -> None:
    table = table_of(claims)
    taken = []

    def batches() -> Any:
        for batch in table.to_batches(max_chunksize=50):
            taken.append(batch.num_rows)
            yield batch

    out = allowance.evaluate_frame(pyarrow.RecordBatchReader.from_batches(table.schema, batches()), **CARRIED)
    first = out.read_next_batch()
    assert first.num_rows == 50 and sum(taken) == 50
    same(pyarrow.Table.from_batches([first, *out]), expected, claims)

    def broken() -> Any:
        yield table.to_batches(max_chunksize=50)[0]
        raise RuntimeError("the disk is gone")

    late = allowance.evaluate_frame(pyarrow.RecordBatchReader.from_batches(table.schema, broken()), **CARRIED)
    late.read_next_batch()
    with pytest.raises(Exception, match="the disk is gone"):
        late.read_next_batch()


def test_polars(allowance: huzhu.Plan, claims: list, expected: dict) -> None:
    frame = polars.from_arrow(table_of(claims))
    for made in (frame, frame.with_columns(polars.col("cause").cast(polars.Categorical), polars.col("hospital_level").cast(polars.Int8))):
        out = allowance.evaluate_frame(made, **CARRIED)
        assert isinstance(out, polars.DataFrame) and out["total"].dtype == polars.Decimal(18, 2)
        same(out.to_arrow(), expected, claims)
    pieces = polars.concat([frame[i : i + 33] for i in range(0, ROWS, 33)], rechunk=False)
    assert pieces.n_chunks() > 1
    same(allowance.evaluate_frame(pieces, **CARRIED).to_arrow(), expected, claims)
    joined = frame.with_columns(allowance.evaluate_frame(frame, **CARRIED)["total"])
    assert joined["total"].to_list() == expected["total"]
    with pytest.raises(huzhu.ArgumentError) as caught:
        allowance.evaluate_frame(frame.lazy())
    assert caught.value.hint == "write frame.collect()"


def test_pandas(allowance: huzhu.Plan, claims: list, expected: dict) -> None:
    frame = table_of(claims).to_pandas(date_as_object=False)  # dates with a time, texts, levels as floats where there are gaps
    frame["hospital_level"] = frame["hospital_level"].astype("Int64")
    frame.index = pandas.Index([f"row{i}" for i in range(ROWS)], name="key")
    out = allowance.evaluate_frame(frame, **CARRIED)
    assert isinstance(out, pandas.DataFrame) and out.index.equals(frame.index)
    same(pyarrow.Table.from_pandas(out, preserve_index=False), expected, claims)
    assert sum(out["total"].dropna()) == sum(total for total in expected["total"] if total is not None)
    frame["cause"] = frame["cause"].astype("category")
    same(pyarrow.Table.from_pandas(allowance.evaluate_frame(frame, **CARRIED), preserve_index=False), expected, claims)
    some = frame[frame["id"].isin([f"A{i}" for i in range(50, 60)])]
    assert list(allowance.evaluate_frame(some, counters="fresh").index) == [f"row{i}" for i in range(50, 60)]


def test_duckdb(allowance: huzhu.Plan, claims: list, expected: dict) -> None:
    stays = table_of(claims)  # noqa: F841 (DuckDB finds it by its name)
    relation = duckdb.sql("select * from stays")
    out = allowance.evaluate_frame(relation, **CARRIED)
    assert type(out) is type(relation)
    found = out.fetchall()
    names = out.columns
    assert [row[names.index("total")] for row in found] == expected["total"]
    assert [row[names.index("outcome")] for row in found] == expected["outcome"]


def test_numpy(allowance: huzhu.Plan, claims: list, expected: dict) -> None:
    columns: dict[str, Any] = {name: [claim[name] for claim in claims] for name in claims[0]}
    for name in ("cover_start", "cover_end", "admitted", "discharged"):
        columns[name] = numpy.array(columns[name], "M8[D]")
    absent = numpy.array([level is None for level in columns["hospital_level"]])
    columns["hospital_level"] = numpy.ma.array([level or 0 for level in columns["hospital_level"]], mask=absent, dtype="i2")
    columns["cover"] = numpy.array(columns["cover"])
    for unit in ("D", "s", "ms", "us", "ns"):
        columns["admitted"] = columns["admitted"].astype(f"M8[{unit}]")
        out = allowance.evaluate_frame(columns, **CARRIED, columns=["id", "outcome", "reason", "error", "total", "reasons", "days_this_period.after"])
        assert all(isinstance(column, numpy.ndarray) for column in out.values())
        for name in ("outcome", "reason", "error", "total"):
            assert out[name].tolist() == expected[name], (unit, name)
        assert [list(codes) for codes in out["reasons"]] == expected["reasons"]
    strided = {name: numpy.ma.getdata(column)[::2] if isinstance(column, numpy.ndarray) else column[::2] for name, column in columns.items()}
    strided["hospital_level"] = columns["hospital_level"][::2]
    same_rows = {name: [column[i] for i in range(0, ROWS, 2)] for name, column in columns.items() if name != "hospital_level"}
    assert len(strided["admitted"]) == len(same_rows["admitted"])
    assert allowance.evaluate_frame(strided, counters="fresh")["outcome"].shape == (ROWS // 2,)


def test_numpy_kinds_of_results(rules: huzhu.Ruleset) -> None:
    plan = rules["critical-illness"]
    frame = {
        "member": ["M1", "M2"], "cover": ["C1", "C1"], "cover_start": ["2019-06-01"] * 2, "cover_end": ["2020-05-31"] * 2,
        "diagnosed": ["2020-01-01"] * 2, "disease": ["cancer"] * 2, "units": numpy.array([1, 1], "u1"), "age": [40, 41],
        "sex": ["female", "male"], "staff": [100] * 2, "enrolled": [100] * 2, "had_before": numpy.array([True, False]),
    }  # fmt: skip
    out = plan.evaluate_frame(frame, counters="fresh")
    assert out["outcome"].tolist()[0] == "refused"
    assert out["cover_ended.after"].tolist()[0] in (False, None)
    assert plan.evaluate_frame({name: column[:0] for name, column in frame.items()}, counters="fresh")["total"].shape == (0,)


def test_slices(allowance: huzhu.Plan, claims: list, expected: dict) -> None:
    table = table_of(claims)
    whole = allowance.evaluate_frame(table, counters="fresh")
    for first, count in ((0, 1), (1, 7), (9, 64), (63, 65), (ROWS - 3, 3), (5, 0)):
        part = allowance.evaluate_frame(table.slice(first, count), counters="fresh")
        assert part.to_pydict() == whole.slice(first, count).to_pydict()
    batch = table.to_batches()[0].slice(11, 50)
    assert pyarrow.table(allowance.evaluate_frame(batch, counters="fresh")).to_pydict() == whole.slice(11, 50).to_pydict()


@pytest.mark.parametrize("make", [polars.from_arrow, lambda table: table, lambda table: table.to_pandas()])
def test_empty_frames(allowance: huzhu.Plan, claims: list, make: Any) -> None:
    frame = make(table_of(claims).slice(0, 0).cast(table_of(claims).schema))
    for options in ({}, {"threads": 2}, {"counters": "carried"}, {"counters": "carried", "threads": 2}):
        out = allowance.evaluate_frame(frame, **options)
        assert type(out) is type(frame) and len(out) == 0 and "total" in list(getattr(out, "column_names", getattr(out, "columns", None)))


def test_a_table_without_chunks(allowance: huzhu.Plan, claims: list) -> None:
    schema = table_of(claims).schema
    none = pyarrow.Table.from_batches([], schema)
    assert allowance.evaluate_frame(none).num_rows == 0


def test_amounts_of_all_types(rules: huzhu.Ruleset) -> None:
    plan = rules["inpatient-medical"]
    rest = dict(member="M1", cover="C1", cover_start="2019-01-01", cover_end="2019-12-31", care="stay", cause="illness")
    wanted = plan.evaluate(rest, treated="2019-05-01", self_paid="5000.00", fresh=True).total

    def total(column: pyarrow.Array) -> object:
        table = pyarrow.table({"self_paid": column, "treated": [date(2019, 5, 1)], **{name: [value] for name, value in rest.items()}})
        return plan.evaluate_frame(table, counters="fresh")["total"].to_pylist()[0]

    for kind in (pyarrow.int16(), pyarrow.int64(), pyarrow.uint32(), pyarrow.decimal128(12, 2), pyarrow.decimal128(38, 10), pyarrow.decimal256(60, 20)):
        value = 5000 if not pyarrow.types.is_decimal(kind) else Decimal(5000)
        assert total(pyarrow.array([value], kind)) == wanted, kind
    for kind in (pyarrow.string(), pyarrow.large_string(), pyarrow.string_view()):
        assert total(pyarrow.array(["5000.0"], kind)) == wanted, kind
    assert total(pyarrow.array(["5000.00"]).dictionary_encode()) == wanted


def test_floats(rules: huzhu.Ruleset) -> None:
    plan = rules["inpatient-medical"]
    frame = polars.DataFrame({"self_paid": [5000.005, 1e300, float("nan"), None], "treated": [date(2019, 5, 1)] * 4})
    with pytest.raises(huzhu.DataError) as caught:
        plan.evaluate_frame(frame)
    assert caught.value.code == "E_COLUMN" and "self_paid" in str(caught.value)
    out = plan.evaluate_frame(frame, floats="round-half-even", counters="fresh")
    assert out["outcome"].to_list() == ["incomplete", "error", "error", "incomplete"]
    with pytest.raises(huzhu.ArgumentError) as unknown:
        plan.evaluate_frame(frame, floats="round")
    assert "round-half-even" in unknown.value.hint
    with pytest.raises(huzhu.InputTypeError):
        plan.evaluate_frame({"self_paid": [Decimal("5000.00"), 5000.5]})


def test_dates_with_a_zone_are_refused(allowance: huzhu.Plan) -> None:
    frame = pyarrow.table({"admitted": pyarrow.array([datetime(2024, 1, 8, 16, tzinfo=timezone.utc)])})
    with pytest.raises(huzhu.DataError) as caught:
        allowance.evaluate_frame(frame)
    assert "zone" in str(caught.value)


def test_names_that_are_near(allowance: huzhu.Plan, claims: list) -> None:
    table = table_of(claims).rename_columns(["admited" if name == "admitted" else name for name in claims[0]])
    with pytest.raises(huzhu.DataError) as caught:
        allowance.evaluate_frame(table)
    assert "rename it to `admitted`" in caught.value.hint
    assert set(allowance.evaluate_frame(table, ignore=["admited"])["outcome"].to_pylist()) <= {"incomplete", "error", "refused"}
    with pytest.raises(huzhu.DataError) as unknown:
        allowance.evaluate_frame(table_of(claims), columns=["totl"])
    assert "total" in unknown.value.hint


@pytest.mark.parametrize("bad", [7, "a text", [1, 2], None, object()])
def test_what_is_no_frame(allowance: huzhu.Plan, bad: object) -> None:
    with pytest.raises(huzhu.ArgumentError):
        allowance.evaluate_frame(bad)


def test_columns_of_unequal_length(allowance: huzhu.Plan) -> None:
    with pytest.raises(huzhu.ArgumentError):
        allowance.evaluate_frame({"member": ["a"], "cover": ["a", "b"]})


def test_a_stream_that_fails(allowance: huzhu.Plan) -> None:
    schema = pyarrow.schema({"member": pyarrow.string()})

    def batches() -> Any:
        yield pyarrow.record_batch({"member": ["M1"]}, schema=schema)
        raise RuntimeError("the disk is gone")

    with pytest.raises(huzhu.ArgumentError) as caught:
        allowance.evaluate_frame(pyarrow.RecordBatchReader.from_batches(schema, batches()), threads=2)
    assert "the disk is gone" in str(caught.value)


def test_threads(allowance: huzhu.Plan, claims: list, expected: dict) -> None:
    table = table_of(claims)
    alone = allowance.evaluate_frame(table, counters="fresh").combine_chunks()
    for threads in (2, 3, 8, 500):
        assert allowance.evaluate_frame(table, counters="fresh", threads=threads).combine_chunks().to_pydict() == alone.to_pydict()
        same(allowance.evaluate_frame(table, counters="carried", threads=threads), expected, claims)
    turned = table.take(list(range(0, ROWS, 2)) + list(range(1, ROWS, 2)))  # members come in two places: one thread takes all
    assert allowance.evaluate_frame(turned, counters="carried", threads=4).to_pydict() == allowance.evaluate_frame(turned, counters="carried").to_pydict()
    pieces = pyarrow.concat_tables([table.slice(i, 50) for i in range(0, ROWS, 50)])
    same(allowance.evaluate_frame(pieces, counters="carried", threads=3), expected, claims)
    with pytest.raises(huzhu.ArgumentError):
        allowance.evaluate_frame(table, threads=0)


def test_tables_of_counters(allowance: huzhu.Plan, claims: list, expected: dict) -> None:
    frame = polars.from_arrow(table_of(claims))
    tables: dict[str, Any] = {}
    months = [allowance.evaluate_frame(frame[i : i + 100], counters="carried", tables=tables, threads=1 + i // 100 % 2) for i in range(0, ROWS, 100)]
    assert polars.concat([month.select("total") for month in months])["total"].to_list() == expected["total"]
    paid = tables["paid_this_period"]
    assert isinstance(paid, polars.DataFrame) and paid.columns == ["member", "cover", "value"]
    assert paid["value"].sum() == sum(total for total in expected["total"] if total is not None)
    assert paid["member"].n_unique() == len(paid)
    for other in (dict(tables), {name: table.to_arrow() for name, table in tables.items()}, {name: table.to_arrow().to_pandas(types_mapper=pandas.ArrowDtype) for name, table in tables.items()}):
        more = dict(other)
        again = allowance.evaluate_frame(frame[:100], counters="carried", tables=more)
        assert again["total"].sum() < months[0]["total"].sum()
    with pytest.raises(huzhu.ArgumentError):
        allowance.evaluate_frame(frame, tables=tables)
    with pytest.raises(huzhu.ArgumentError) as caught:
        allowance.evaluate_frame(frame, counters="carried", tables={"paid": paid})
    assert "paid_this_period" in caught.value.hint


def test_counters_as_columns(allowance: huzhu.Plan, stay: dict[str, object]) -> None:
    frame = {name: [value] * 3 for name, value in stay.items()}
    frame["paid_this_period"] = [None, Decimal("7000.00"), 7200]
    frame["days_this_period"] = [0, 3, 100]
    out = allowance.evaluate_frame(frame)
    assert out["outcome"].tolist() == ["incomplete", "paid", "nothing_due"]
    assert out["total"].tolist() == [None, Decimal("200.00"), Decimal("0.00")]
    assert allowance.evaluate_frame(frame, counters="fresh")["total"].tolist()[0] == Decimal("6520.00")


def test_packages(rules: huzhu.Ruleset, claims: list) -> None:
    package = rules["comprehensive-b"]
    table = table_of(claims).append_column("sex", pyarrow.array(["female"] * ROWS)).append_column("ci_units", pyarrow.array([2] * ROWS))
    out = package.evaluate_frame(table, counters="carried").to_pydict()
    assert "inpatient-allowance.allowance.net" in out and "paid" in out["outcome"]
    ledger = huzhu.Ledger()
    for row, claim in enumerate(claims[:60]):
        inputs = {name: value for name, value in claim.items() if name != "id"}
        try:
            decision = package.evaluate(inputs, sex="female", ci_units=2, ledger=ledger)
        except huzhu.InputError:
            assert out["outcome"][row] == "error"
        else:
            assert (out["outcome"][row], out["total"][row]) == (decision.outcome, decision.total)


def test_any_other_frame(allowance: huzhu.Plan, claims: list, expected: dict) -> None:
    class Foreign:
        def __init__(self, table: pyarrow.Table) -> None:
            self.table = table

        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return self.table.__arrow_c_stream__(requested_schema)

    out = allowance.evaluate_frame(Foreign(table_of(claims)), **CARRIED)
    assert isinstance(out, huzhu.Frame) and "total" in out.columns
    for _ in range(2):  # it can be read any number of times
        same(pyarrow.table(out), expected, claims)
        same(polars.DataFrame(out).to_arrow(), expected, claims)
    column = pyarrow.table(out)["total"]
    del out
    assert column.to_pylist() == expected["total"]


def test_progress(allowance: huzhu.Plan, claims: list, capsys: pytest.CaptureFixture[str]) -> None:
    allowance.evaluate_frame(table_of(claims), counters="fresh", progress=True, threads=2)
    assert f"{ROWS}/{ROWS}" in capsys.readouterr().err


def test_studies(rules: huzhu.Ruleset, claims: list) -> None:
    path = "inpatient-allowance.daily_amount"
    study = rules["inpatient-allowance"].study({"baseline": {}, "60 a day": {path: 60}})
    table = table_of(claims).append_column("sex", pyarrow.array(["f", "m"] * (ROWS // 2)))
    out = study.tally(table, by=["sex"], bounds=[100, Decimal("200.00")], quantiles=[50], counters="fresh")
    assert isinstance(out, pyarrow.Table) and out.num_rows == 4 and sum(out["rows"].to_pylist()) == 2 * ROWS
    plans = [rules["inpatient-allowance"], rules.under({path: 60})["inpatient-allowance"]]
    for scenario, plan in zip(study.scenarios, plans, strict=True):
        totals = plan.evaluate_frame(table, counters="fresh")["total"].to_pylist()
        summed = sum(row["total"] for row in out.to_pylist() if row["scenario"] == scenario)
        assert summed == sum(total for total in totals if total is not None)
    assert "total.p50" in out.column_names and "total<100.00" in out.column_names
    for threads in (2, 5):
        assert study.tally(table, by="sex", bounds=[100, 200], quantiles=[50], counters="fresh", threads=threads).to_pydict() == out.to_pydict()
    carried = study.tally(table, counters="carried", columns=["total"])
    for row, plan in zip(carried.to_pylist(), plans, strict=True):
        totals = plan.evaluate_frame(table, counters="carried")["total"].to_pylist()
        assert row["total"] == sum(total for total in totals if total is not None)
    pieces = pyarrow.concat_tables([table.slice(i, 33) for i in range(0, ROWS, 33)])
    for threads, frame in ((2, table), (5, table), (3, pieces)):
        assert study.tally(frame, counters="carried", columns=["total"], threads=threads).to_pydict() == carried.to_pydict()
    with pytest.raises(huzhu.DataError):
        study.tally(table.take([0, 3, 1]), counters="carried", threads=2)
    assert isinstance(study.tally(polars.from_arrow(table), by=["sex"], counters="fresh"), polars.DataFrame)
    with pytest.raises(huzhu.RulesError) as caught:
        rules["inpatient-allowance"].study({"a": {}, "b": {"inpatient-allowance.daily": 60}})
    assert caught.value.code == "E_SCENARIO_PATH"
    with pytest.raises(huzhu.DataError):
        study.tally(table, by=["region"])
    with pytest.raises(huzhu.ArgumentError):
        rules["inpatient-allowance"].study({})
