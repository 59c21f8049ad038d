"""What a study costs an analyst: all plans over a synthetic population from its own tables, from polars and from pandas; and two scenarios of
three plans next to the same written in NumPy, DuckDB and polars, and in OpenFisca-core.

    build/python-tests/environment/bin/python tests/bench/bench_study.py [MEMBERS [ROWS]]

Run sh tests/python/run.sh before, and build the loops by hand (cmake --build --preset release): their seeded rows are those of the peers.
Seconds are of the processor, of one thread each, since machines are busy. A peer decides its rules once for each scenario, and sums outcomes and totals; what it comes to is compared first.
"""

import importlib
import os
import sys
import time
from decimal import Decimal
from pathlib import Path

os.environ["POLARS_MAX_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "peers"))

import huzhu  # noqa: E402
import numpy as np  # noqa: E402
import polars as pl  # noqa: E402
import pyarrow as pa  # noqa: E402
from engines import ENGINES, arrow_of  # noqa: E402
from population import TEXTS, Population  # noqa: E402

MORE = {
    "inpatient-allowance": {"inpatient-allowance.daily_amount": 60},
    "medical-reimbursement": {"medical-reimbursement.base_rate": "25%"},
    "womens-diseases": {"womens-diseases.full_amount from 2018-01-01": 20000},
}


def seconds(work):
    begin = time.process_time()
    work()
    return time.process_time() - begin


def best(work, times=3):
    return min(seconds(work) for _ in range(times))


def whole(members):
    """All plans over a population."""
    made = {}
    people = huzhu.population(members)
    print(f"members: {len(people.members):,}, made in {seconds(lambda: huzhu.population(members)):.1f} s")
    print(f"events of all plans made in {seconds(lambda: made.update({p: people.events[p] for p in people.plans})):.1f} s: {sum(map(len, made.values())):,} rows")
    scenarios = {"baseline": {}, "more": {k: v for one in MORE.values() for k, v in one.items()}}
    kinds = {"its own tables": made, "polars": {p: pl.DataFrame(t) for p, t in made.items()}}
    apart = ["synthetic", "year", "age_group", "income_band", "industry", "district", "sex", "household", "age"]
    for name, data in (*kinds.items(), ("pandas", None)):
        if data is None:
            kinds.pop("polars")
            data = {p: t.to_pandas() for p, t in made.items()}
        for counting in (False, True):
            said = dict(plans=people.plans, by=["sex", "age_group"], people=counting, frames="dict", ignore=apart, threads=1)
            once = seconds(lambda: huzhu.simulate(data, scenarios, **said))
            print(f"  two scenarios from {name:16} {'members counted' if counting else '':16} {once:6.1f} s", flush=True)


def table_of(population, plan):
    """The seeded rows as a frame: money as decimals, codes as their ids."""
    names = [*plan.inputs, *plan.counters]
    columns = population.columns(names)
    days = {n for n in names if n in plan.inputs and plan.inputs[n].type == "date"}
    table = arrow_of({n: c for n, c in columns.items()}, days, [])
    for at, name in enumerate(names):
        info, column = plan.inputs.get(name), columns[name]
        if info is not None and info.type == "code":
            ids = list(info.codes)
            place = np.where((column.values >= 0) & (column.values < len(ids)), column.values, 0).astype(np.int32)
            table = table.set_column(at, name, pa.DictionaryArray.from_arrays(pa.array(place, mask=~column.valid), ids))
        elif column.kind != TEXTS and (info.type == "money" if info is not None else plan.counters[name].unit == "CNY"):
            wide = np.zeros((len(column.valid), 2), dtype=np.int64)
            wide[:, 0] = column.values
            wide[:, 1] = column.values >> 63
            bits = np.packbits(column.valid, bitorder="little")
            money = pa.Array.from_buffers(pa.decimal128(18, 2), len(column.valid), [pa.py_buffer(bits.tobytes()), pa.py_buffer(wide)])
            table = table.set_column(at, name, money)
    return pl.DataFrame(table), columns


def sums(answers):
    """What a study gives of a scenario."""
    return np.bincount(answers.outcome, minlength=7), int(answers.total.sum())


def peers(rows, build):
    level = "avx2" if " avx2 " in Path("/proc/cpuinfo").read_text() else "plain"
    rules = huzhu.load(str(HERE.parents[1] / "rulesets" / "beijing"))
    print(f"\ntwo scenarios over seeded rows, one thread, ms of the processor for a million rows")
    for name, settings in MORE.items():
        plan, module = rules[name], importlib.import_module(name.replace("-", "_"))
        population = Population(f"{build}/lib/huzhu_hands_{level}.so", name, rows)
        frame, columns = table_of(population, plan)
        study = plan.study({"baseline": {}, "more": settings})
        result = study.tally(frame, counters="given", columns=["total"])
        want = int(result["total"][0] * 100)
        ours = best(lambda: study.tally(frame, counters="given", columns=["total"]), 5)
        print(f"  {name:24} {'huzhu, polars in':18} {rows:9,} {ours / rows * 1e9:8.1f}")
        for engine in ENGINES:
            few = min(rows, getattr(engine, "rows", rows))
            if few != rows:
                continue_rows = Population(f"{build}/lib/huzhu_hands_{level}.so", name, few)
                _, columns = table_of(continue_rows, plan)
            try:
                peer = engine(module, columns, list(plan.counters))
            except ImportError as error:
                print(f"  {engine.title}: not installed ({error})", file=sys.stderr)
                continue

            def once(peer=peer):
                out = peer.run()
                return sums(out if out is not None else peer.answers())

            if few == rows and once()[1] != want:
                print(f"  {engine.title}: comes to {Decimal(once()[1]) / 100}, and not {Decimal(want) / 100}: no figure", file=sys.stderr)
                continue
            theirs = best(lambda: [once(), once()], getattr(engine, "rounds", 3))
            print(f"  {'':24} {engine.title:18} {few:9,} {theirs / few * 1e9:8.1f}   {theirs / few / (ours / rows):6.1f} times", flush=True)


if __name__ == "__main__":
    members = int(sys.argv[1]) if len(sys.argv) > 1 else 4_250_000
    whole(members)
    peers(int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000, HERE.parents[1] / "build")
