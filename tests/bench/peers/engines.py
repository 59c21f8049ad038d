"""The engines that peers run on: each takes the columns of a population once, and then answers as often as it is asked.

Rules stand in a file for each plan. An engine that cannot be imported is told by name, and the others run.
"""

import numpy as np

from population import FLAGS, TEXTS, Answers


def as_answers(table, counters):
    """From a mapping of columns by name, money in 分."""
    return Answers(table["outcome"], table["reason"], table["total"], [table[f"after_{name}"] for name in counters])


def texts_of(column):
    """NumPy's fixed bytes, for engines without texts of their own."""
    offsets, data = column.values
    lengths = np.diff(offsets)
    width = max(int(lengths.max(initial=1)), 1)
    out = np.zeros((len(lengths), width), dtype=np.uint8)
    for at in range(width):
        has = lengths > at
        out[has, at] = data[offsets[:-1][has] + at]
    return out.reshape(-1).view(f"S{width}")


class NumPy:
    """Arrays of int64, as an analyst writes it: a mask for each condition, np.where for each choice."""

    title = "NumPy, int64"

    def __init__(self, rules, columns, counters):
        self.rules, self.counters = rules.numpy, counters
        self.columns = {name: (texts_of(c) if c.kind == TEXTS else c.values if c.kind == FLAGS else c.values.astype(np.int64), c.valid)
                        for name, c in columns.items()}

    def run(self):
        return as_answers(self.rules(self.columns), self.counters)


def arrow_of(columns, days, money, codes=()):
    """An Arrow table: days as dates, what is not given as null. money stays in 分."""
    import pyarrow as pa

    out = {}
    for name, c in columns.items():
        if c.kind == TEXTS:
            offsets, data = c.values
            bits = np.packbits(c.valid, bitorder="little").tobytes()
            out[name] = pa.StringArray.from_buffers(len(c.valid), pa.py_buffer(offsets), pa.py_buffer(data), pa.py_buffer(bits))
        else:
            out[name] = pa.array(c.values, mask=~c.valid)
            if name in days:
                out[name] = out[name].view(pa.date32())
    return pa.table(out)


class DuckDB:
    """A table in memory, money as DECIMAL; the answer is a table too."""

    title = "DuckDB, decimals"

    def __init__(self, rules, columns, counters):
        import duckdb

        self.counters, self.sql = counters, rules.SQL
        self.money = {"total"} | {f"after_{name}" for name in counters if name in rules.MONEY}
        self.db = duckdb.connect(config={"threads": 1})
        self.db.register("arrow", arrow_of(columns, rules.DAYS, rules.MONEY))
        decimals = ", ".join(f"({m}::DECIMAL(16, 0) * 0.01::DECIMAL(3, 2))::DECIMAL(14, 2) AS {m}" for m in rules.MONEY)
        self.db.execute(f"CREATE TABLE claims AS SELECT *{f' REPLACE ({decimals})' if decimals else ''} FROM arrow")
        self.db.unregister("arrow")

    def run(self):
        self.db.execute(f"CREATE OR REPLACE TABLE answers AS {self.sql}")

    def answers(self):
        columns = ["outcome", "reason", "total", *(f"after_{name}" for name in self.counters)]
        wanted = ", ".join(f"({c} * 100)::BIGINT AS {c}" if c in self.money else f"{c}::BIGINT AS {c}" for c in columns)
        return as_answers(self.db.execute(f"SELECT {wanted} FROM answers").fetchnumpy(), self.counters)


class Polars:
    """Expressions over a frame, money as int64 in 分 (its decimals are slower)."""

    title = "polars, int64"

    def __init__(self, rules, columns, counters):
        import polars as pl

        self.counters, self.steps = counters, rules.polars(pl)
        self.frame = pl.from_arrow(arrow_of(columns, rules.DAYS, rules.MONEY))

    def run(self):
        lazy = self.frame.lazy()
        for step in self.steps[:-1]:
            lazy = lazy.with_columns(**step)
        self.out = lazy.select(**self.steps[-1]).collect()

    def answers(self):
        return as_answers({name: self.out[name].to_numpy() for name in self.out.columns}, self.counters)


class OpenFisca:
    """Variables of persons, evaluated as vectors. What is not given is told by a variable has_… of its own."""

    title = "OpenFisca-core"
    rows, rounds = 425_000, 5

    def __init__(self, rules, columns, counters):
        from openfisca_core import entities, periods, simulations, taxbenefitsystems, variables

        self.counters, self.period = counters, "2024-01"
        person = entities.Entity("person", "persons", "", "")
        system = taxbenefitsystems.TaxBenefitSystem([person])
        classes = {}

        def variable(name, kind, formula=None):
            body = {"value_type": kind, "entity": person, "definition_period": periods.DateUnit.MONTH, "label": name}
            if formula is not None:
                body["formula"] = lambda population, period, parameters, formula=formula: formula(lambda of: population(of, period))
            classes[name] = type(name, (variables.Variable,), body)
            system.add_variable(classes[name])

        given = {}
        for name, c in columns.items():
            if c.kind == TEXTS and name not in rules.TEXTS:
                variable(f"has_{name}", bool)
                given[f"has_{name}"] = c.valid
                continue
            variable(name, bool if c.kind == FLAGS else str if c.kind == TEXTS else int)
            variable(f"has_{name}", bool)
            given[name] = texts_of(c).astype(object) if c.kind == TEXTS else c.values if c.kind == FLAGS else c.values.astype(np.int32)
            given[f"has_{name}"] = c.valid
        self.wanted = ["outcome", "reason", "total", *(f"after_{name}" for name in counters)]
        self.formulas = rules.openfisca(np)
        for name, (kind, formula) in self.formulas.items():
            variable(name, kind, formula)
        builder = simulations.SimulationBuilder()
        builder.create_entities(system)
        builder.declare_person_entity("person", np.arange(len(next(iter(columns.values())).valid)))
        self.simulation = builder.build(system)
        for name, values in given.items():
            self.simulation.set_input(name, self.period, values)

    def run(self):
        for name in self.formulas:
            self.simulation.delete_arrays(name)
        self.out = {name: self.simulation.calculate(name, self.period) for name in self.wanted}

    def answers(self):
        return as_answers(self.out, self.counters)


class Zen:
    """An expression node of a decision graph, a claim at a time, each a dict as JSON gives it."""

    title = "GoRules ZEN"
    rows, rounds = 5_000, 5

    def __init__(self, rules, columns, counters):
        import zen

        self.counters = counters
        place = {"x": 0, "y": 0}
        steps = [{"id": str(i), "key": key, "value": value} for i, (key, value) in enumerate(rules.ZEN)]
        nodes = [{"id": "in", "type": "inputNode", "name": "in", "position": place},
                 {"id": "rules", "type": "expressionNode", "name": "rules", "position": place, "content": {"expressions": steps}},
                 {"id": "out", "type": "outputNode", "name": "out", "position": place}]
        edges = [{"id": "a", "type": "edge", "sourceId": "in", "targetId": "rules"},
                 {"id": "b", "type": "edge", "sourceId": "rules", "targetId": "out"}]
        # By a static loader, and in batches: decisions made from text are several times as slow.
        self.engine = zen.ZenEngine({"loader": {"type": "static", "content": {"plan": {"nodes": nodes, "edges": edges}}}})
        lists = []
        for name, c in columns.items():
            values = [t.decode() for t in texts_of(c).tolist()] if c.kind == TEXTS else c.values.tolist()
            lists.append([v if has else None for v, has in zip(values, c.valid.tolist())])
        self.claims = [{"key": "plan", "context": dict(zip(columns, row))} for row in zip(*lists)]

    def run(self):
        self.out = self.engine.evaluate_batch(self.claims)

    def answers(self):
        wanted = ["outcome", "reason", "total", *(f"after_{name}" for name in self.counters)]
        failed = next((answer for answer in self.out if not answer["success"]), None)
        if failed is not None:
            raise ValueError(failed["error"])
        rows = [answer["data"]["result"] for answer in self.out]
        return as_answers({name: np.array([row[name] for row in rows]) for name in wanted}, self.counters)


ENGINES = [NumPy, DuckDB, Polars, OpenFisca, Zen]
