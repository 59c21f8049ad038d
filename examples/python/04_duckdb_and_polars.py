"""Pipelines: DuckDB selects and joins, huzhu decides, polars sums up. Columns pass by Arrow, without a copy where it allows.

    python examples/python/04_duckdb_and_polars.py
"""

import duckdb
import huzhu
import polars as pl

rules = huzhu.load("beijing")
plan = rules["inpatient-allowance"]
people = huzhu.population(n=200_000, seed=1)

# Members and events are tables for DuckDB as they are.
members, events = people.members.to_arrow(), people.events[plan.id].to_arrow()
stays = duckdb.sql("""
    select e.member, cover, cover_start, cover_end, admitted, discharged, hospital_level, cause, m.district, m.income
    from events e join members m using (member)
    where m.unit_staff >= 20
    order by e.member, admitted
""")

# A relation in, a relation out: a row for each row, in the same order.
frame = stays.pl()
claims = duckdb.sql("select * exclude (district, income) from frame")
answers = plan.evaluate_frame(claims, columns=["outcome", "reason", "total"], counters="carried")

# Polars goes on.
by_district = (
    pl.concat([frame.select("district", "income"), answers.pl()], how="horizontal")
    .group_by(pl.col("district").cast(pl.String))
    .agg(
        stays=pl.len(),
        paid=(pl.col("outcome") == "paid").sum(),
        yuan=pl.col("total").sum(),
        income=pl.col("income").median().cast(pl.Int32),
    )
    .sort("yuan", descending=True)
    .head(5)
)
print(by_district)

# And back to SQL, over the answers.
print(duckdb.sql("select reason, count(*) as stays from answers where reason is not null group by reason order by stays desc, reason"))
