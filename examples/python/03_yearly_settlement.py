"""A year's settlement, quarter by quarter: counters are carried within a quarter's claims, and kept as tables between quarters.

Out-patient costs are declared as the year's amount so far; what was paid before is taken off, and the year's maximum holds over all
quarters. The claims are of a synthetic population. At the end the four quarters have paid what the year in one go pays.

    python examples/python/03_yearly_settlement.py
"""

import tempfile
from pathlib import Path

import huzhu
import polars as pl

plan = huzhu.load("beijing")["medical-reimbursement"]
people = huzhu.population(n=20_000, seed=1)
year = pl.DataFrame(people.events[plan.id])
year = year.select(name for name in year.columns if name in plan.inputs)  # the rest is there to group by
quarters = year.with_columns(pl.col("served").dt.quarter().alias("quarter")).partition_by("quarter", as_dict=True, include_key=False)

paid = []
with tempfile.TemporaryDirectory() as folder:  # where the office keeps its counters
    for (quarter,), claims in sorted(quarters.items()):
        tables = {file.stem: pl.read_parquet(file) for file in Path(folder).glob("*.parquet")}
        answers = plan.evaluate_frame(claims, columns=["outcome", "total"], counters="carried", tables=tables)
        for name, table in tables.items():  # as they stand after the quarter
            table.write_parquet(Path(folder) / f"{name}.parquet")
        paid.append(answers["total"].sum())
        known = len(tables["paid_this_year"])
        print(f"quarter {quarter}: {len(claims):6,} claims, {paid[-1]:>14,} yuan, {known:6,} members with counters")

whole = plan.evaluate_frame(year, columns=["total"], counters="carried")["total"].sum()
print(f"together {sum(paid):,}; the year in one go {whole:,}")
assert sum(paid) == whole
