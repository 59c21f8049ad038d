"""Many evaluations: nothing leaks, threads work side by side with the GIL released, and answers are the same."""

from __future__ import annotations

import gc
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import huzhu
from huzhu import _core


def resident() -> int:
    """Bytes of memory that the process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def test_nothing_leaks_over_200_000_evaluations(allowance: huzhu.Plan, stay: dict[str, object]) -> None:
    def some(count: int) -> None:
        for number in range(count):
            decision = allowance.evaluate(stay, fresh=True)
            if number % 100 == 0:
                decision.to_dict()
                decision.explain("en")
            if number % 50 == 0:
                try:
                    allowance.evaluate(stay, hospital_level=9)
                except huzhu.InputValueError:
                    pass

    some(20_000)
    gc.collect()
    before = resident()
    some(200_000)
    gc.collect()
    assert resident() - before < 2_000_000


def test_nothing_leaks_of_frames_and_rulesets(stay: dict[str, object]) -> None:
    frame = {name: [value] * 500 for name, value in stay.items()}

    def some(count: int) -> None:
        rules = huzhu.load("beijing")
        for _ in range(count):
            tables: dict[str, object] = {}
            rules["inpatient-allowance"].evaluate_frame(frame, counters="carried", tables=tables)
            rules["inpatient-allowance"].study({"as it is": {}}).tally(frame, counters="fresh")

    for _ in range(3):
        some(20)
    gc.collect()
    before = resident()
    for _ in range(6):
        some(20)
    gc.collect()
    assert resident() - before < 4_000_000


def test_single_claims_on_many_threads(allowance: huzhu.Plan, stay: dict[str, object]) -> None:
    days = [f"2024-{month:02d}-{day:02d}" for month in range(1, 7) for day in range(1, 29)]
    expected = {day: allowance.evaluate(stay, admitted=day, fresh=True).to_json() for day in days}

    def work(seed: int) -> bool:
        turned = days[seed:] + days[:seed]
        return all(allowance.evaluate(stay, admitted=day, fresh=True).to_json() == expected[day] for day in turned for _ in range(3))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))


def test_a_ledger_on_many_threads(allowance: huzhu.Plan, stay: dict[str, object]) -> None:
    ledger = huzhu.Ledger()
    with ThreadPoolExecutor(8) as pool:
        totals = pool.map(lambda _: allowance.evaluate(stay, discharged="2024-01-11", ledger=ledger).total, range(200))
    assert sum(total or 0 for total in totals) == Decimal("7200.00")


def test_the_gil_is_released(stay: dict[str, object]) -> None:
    """While one thread decides a large frame another goes on: it ticks more often than the call's two ends would let it."""
    rules = huzhu.load("beijing")
    frame = {name: [value] * 300_000 for name, value in stay.items()}
    from huzhu._numpy import array_of

    schema, array, _ = array_of(frame)
    bound = _core.flat_bind(rules["inpatient-allowance"]._handle, schema, 0, 1, None, [])
    ticks = []
    stop = threading.Event()

    def tick() -> None:
        while not stop.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    begun = time.perf_counter()
    _core.arrow_evaluate(bound, array)
    ended = time.perf_counter()
    stop.set()
    thread.join()
    inside = [at for at in ticks if begun + 0.002 < at < ended - 0.002]
    assert len(inside) >= 3, (ended - begun, len(inside))
