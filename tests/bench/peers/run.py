"""What the same answers cost elsewhere: libhuzhu, loops by hand, NumPy, DuckDB, polars, OpenFisca-core and GoRules ZEN over the
same rows in one process, one thread each, side by side.

    python run.py BUILD RULES [ROWS [PLAN]]

Answers are compared row by row first: an engine whose answers differ prints no figure. Figures are medians of interleaved
pairs; engines that are slow answer fewer rows, and are compared by the row.
"""

import importlib
import os
import statistics
import sys
import time

os.environ["POLARS_MAX_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

from engines import ENGINES
from library import Batch, Huzhu
from population import Population

PAIRS = 15
PLANS = {"inpatient-allowance": "inpatient_allowance", "medical-reimbursement": "medical_reimbursement",
         "womens-diseases": "womens_diseases"}


def level():
    with open("/proc/cpuinfo") as info:
        return "avx2" if " avx2 " in info.read() else "plain"


def timed(run):
    begin = time.process_time_ns()
    run()
    return time.process_time_ns() - begin


def tell_difference(title, at, theirs, ours):
    print(f"  {title}: row {at} is answered {theirs.row(at)}, by the library {ours.row(at)}: no figure", file=sys.stderr)


class Side:
    """A plan, its population of some size, and the library over it."""

    def __init__(self, huzhu, build, plan, rows):
        self.population = Population(f"{build}/lib/huzhu_hands_{level()}.so", plan, rows)
        self.batch = Batch(huzhu, self.population)
        self.expected = self.batch.run()
        names = huzhu.names(huzhu.plan(plan))
        self.columns, self.counters = self.population.columns(names), names[self.population.peer.inputs:]


def measure(side, title, run, pairs):
    ours, theirs, ratios = [], [], []
    for _ in range(pairs):
        ours.append(timed(side.batch.run) / side.population.rows)
        theirs.append(timed(run) / side.population.rows)
        ratios.append(theirs[-1] / ours[-1])
    print(f"{side.population.plan:24} {title:18} {side.population.rows:9} {statistics.median(ours):9.2f} {statistics.median(theirs):9.2f} "
          f"{statistics.median(ratios):8.2f}", flush=True)


def try_hand(side):
    loops, well = side.population.loops(), True
    for i, loop in enumerate(loops):
        at = loop().first_difference(side.expected)
        if at is not None:
            tell_difference(f"by hand, loop {i}", at, loop(), side.expected)
            return False
    for i, loop in enumerate(loops):
        measure(side, "C by hand" + (f", {i + 1}" if len(loops) > 1 else ""), loop, PAIRS)
    return well


def try_engine(side, engine, rules):
    try:
        peer = engine(rules, side.columns, side.counters)
    except ImportError as error:
        print(f"  {engine.title}: not installed ({error})", file=sys.stderr)
        return True
    out = peer.run()
    answers = out if out is not None else peer.answers()
    at = answers.first_difference(side.expected)
    if at is not None:
        tell_difference(engine.title, at, answers, side.expected)
        return False
    measure(side, engine.title, peer.run, getattr(engine, "rounds", PAIRS))
    return True


def try_plan(huzhu, build, plan, rows):
    rules, well, sides = importlib.import_module(PLANS[plan]), True, {}
    sides[rows] = Side(huzhu, build, plan, rows)
    well &= try_hand(sides[rows])
    for engine in ENGINES:
        count = min(rows, getattr(engine, "rows", rows))
        if count not in sides:
            sides = {count: Side(huzhu, build, plan, count)}
        well &= try_engine(sides[count], engine, rules)
    return well


def main():
    build, folder = sys.argv[1:3]
    rows = int(sys.argv[3]) if len(sys.argv) > 3 else 4_250_000
    plans = sys.argv[4:] or list(PLANS)
    huzhu, well = Huzhu(f"{build}/lib/libhuzhu.so", folder), True
    print(f"{'ns a row, one thread':24} {'':18} {'rows':>9} {'library':>9} {'peer':>9} {'ratio':>8}")
    for plan in plans:
        well &= try_plan(huzhu, build, plan, rows)
    sys.exit(0 if well else 1)


main()
