"""What Python adds: microseconds of a single claim, and rows as frames next to the same rows by the C interface alone.

    python bench_python.py [ROWS]     1,000,000 rows by default; called by tests/bench/run.sh in the environment of tests/python

Time of the processor, the least of five turns, since machines are busy. The answers of all ways are compared first.
"""

import sys
import time
from datetime import date

import numpy
import pandas
import polars
import pyarrow

import huzhu
from huzhu import _core

PLAN = "inpatient-allowance"
STAY = dict(
    member="M1", cover="C1", cover_start=date(2024, 1, 1), cover_end=date(2024, 12, 31), admitted=date(2024, 1, 8),
    discharged=date(2024, 6, 20), hospital_level=3, cause="illness",
)


def least(work, turns=5):
    """Seconds of the processor that the fastest of some turns takes, and what it gave."""
    best, result = None, None
    for _ in range(turns):
        begun = time.process_time()
        result = work()
        took = time.process_time() - begun
        best = took if best is None else min(best, took)
    return best, result


def side_by_side(one, other, turns=7):
    """The least of each, by turns, so that what else the machine does meets both."""
    took = [(least(one, 1), least(other, 1)) for _ in range(turns)]
    return min(first[0] for first, _ in took), min(second[0] for _, second in took), took[-1][1][1]


def population(rows):
    random = numpy.random.default_rng(1)
    admitted = numpy.datetime64("2024-01-01") + random.integers(0, 380, rows)
    return pyarrow.table(
        {
            "member": [f"BJ-{number // 2:07}" for number in range(rows)],
            "cover": pyarrow.array(["2024"] * rows).dictionary_encode(),
            "cover_start": numpy.full(rows, numpy.datetime64("2024-01-01")),
            "cover_end": numpy.full(rows, numpy.datetime64("2024-12-31")),
            "admitted": admitted,
            "discharged": admitted + random.integers(0, 60, rows),
            "hospital_level": random.integers(1, 4, rows, dtype="i1"),
            "cause": pyarrow.DictionaryArray.from_arrays(random.integers(0, 3, rows, dtype="i4"), ["illness", "accident", "psychiatric"]),
        }
    )


def singles(plan, quick):
    def some(work, count=20_000):
        count = 200 if quick else count
        def turn():
            for _ in range(count):
                work()

        return least(turn)[0] / count * 1e6

    ledger = huzhu.Ledger()
    yield "evaluate, 8 inputs", some(lambda: plan.evaluate(STAY, fresh=True))
    yield "the same, and its total", some(lambda: plan.evaluate(STAY, fresh=True).total)
    yield "the same, and its reasons and benefits", some(lambda: (found := plan.evaluate(STAY, fresh=True)).reasons and found.benefits, 4_000)
    yield "evaluate with a ledger", some(lambda: plan.evaluate(STAY, ledger=ledger))
    yield "evaluate_json", some(lambda: plan.evaluate_json(LINE, fresh=True))


LINE = (
    '{"member":"M1","cover":"C1","cover_start":"2024-01-01","cover_end":"2024-12-31","admitted":"2024-01-08","discharged":"2024-06-20",'
    '"hospital_level":3,"cause":"illness"}'
)


def frames(plan, rows, counters):
    """Each kind of frame, and before it the C interface over the same array: ns a row."""
    table = population(rows)
    how = {"fresh": 1, "carried": 2}[counters]
    kinds = {"pyarrow": table, "polars": polars.from_arrow(table), "pandas": table.to_pandas(types_mapper=pandas.ArrowDtype)}
    expected = None
    for name, frame in kinds.items():
        stream = pyarrow.table(frame) if name == "pandas" else frame
        schema = _core.flat_stream_schema(stream.__arrow_c_stream__())

        def by_c(frame=stream, schema=schema):
            """The results are kept, as somebody who asks for them keeps them."""
            rows_of_it = frame.__arrow_c_stream__()
            arrow = _core.flat_bind(plan._handle, schema, 0, how, None, [])
            kept = []
            while _core.is_array(array := _core.flat_next(rows_of_it)):
                kept.append(_core.arrow_evaluate(arrow, array))
            return kept

        c, python, out = side_by_side(by_c, lambda: plan.evaluate_frame(frame, counters=counters))
        total = sum(out["total"].to_pylist()) if name == "pyarrow" else out["total"].sum()
        expected = total if expected is None else expected
        if total != expected:
            sys.exit(f"{name} answers {total}, and pyarrow {expected}")
        yield name, c / rows * 1e9, python / rows * 1e9


def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    plan = huzhu.load("beijing")[PLAN]
    print(f"{'a single claim from Python':<44} {'µs':>8}")
    for name, took in singles(plan, rows < 10_000):
        print(f"{name:<44} {took:>8.2f}")
    for counters in ("fresh", "carried"):
        print(f"\n{f'ns a row of {rows:,}, counters {counters}':<44} {'C':>8} {'Python':>8} {'ratio':>8}")
        for name, c, python in frames(plan, rows, counters):
            print(f"{name:<44} {c:>8.1f} {python:>8.1f} {python / c:>8.2f}")


if __name__ == "__main__":
    main()
