"""A plan over a DataFrame of Spark, where one machine is not enough: the same columns, the same answers.

    from huzhu import spark
    answers = spark.evaluate_frame(plan, claims, counters="carried", order=["admitted", "id"], keep=["district"])

Executors decide batches of Arrow (`mapInArrow`) with the wheel that is installed there. The rules go to them by content: the files
of the ruleset and the settings of a scenario, whose SHA-256 each executor compares before it answers. Needs pyspark and
pyarrow, on executors pyarrow alone besides this package.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from huzhu._errors import ArgumentError, RulesError
from huzhu._rules import Plan, Ruleset, load, packaged

if TYPE_CHECKING:
    from huzhu._frames import Counters, Floats

__all__ = ["evaluate_frame"]


class Rules(NamedTuple):
    """What is sent: files, settings, and what they come to."""

    files: tuple[tuple[str, bytes], ...]
    settings: tuple[str, ...]
    sha256: str
    plan: str


def evaluate_frame(
    plan: Plan,
    frame: Any,
    *,
    columns: Sequence[str] | None = None,
    counters: Counters = "given",
    order: Sequence[str] = (),
    by: Sequence[str] | None = None,
    keep: Sequence[str] = (),
    floats: Floats = "refuse",
    ignore: Sequence[str] = (),
) -> Any:
    """Decides every row of a DataFrame of Spark, as `Plan.evaluate_frame` does. `keep` names columns that come along, besides `id`.

    Where counters are carried, rows are brought together `by` what the plan settles in turn by (left out: what the keys of
    all its counters share, mostly member), and taken in the `order` of some columns, which has to be said: a DataFrame has none.
    Say columns that leave no ties, such as the day and the id. Counters start where a partition has not met their key.
    """
    import pyarrow
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    known = to_arrow_schema(frame.schema)
    absent = [name for name in (*keep, *order, *(by or ())) if name not in known.names]
    if absent:
        raise ArgumentError(f"there is no column `{absent[0]}`", hint=f"the columns are {', '.join(known.names)}")
    if counters == "carried":
        turn = list(_turn(plan) if by is None else by)
        if not order:
            raise ArgumentError("rows of a DataFrame have no order, and carried counters hang on one", hint='write order=["admitted", "id"]')
        frame = frame.repartition(*turn).sortWithinPartitions(*turn, *[name for name in order if name not in turn])
    # What comes out is asked of no rows, here, where errors are seen at once.
    result = plan.evaluate_frame(
        pyarrow.Table.from_batches([], known), columns=columns, counters=counters, floats=floats, ignore=[*ignore]
    ).schema
    made = pyarrow.schema([*(known.field(name) for name in keep), *(_plain(field) for field in result if field.name not in keep)])
    work = partial(
        _decide,
        rules=_sent(plan),
        names=tuple(field.name for field in result if field.name not in keep),
        counters=counters,
        keep=tuple(keep),
        floats=floats,
        ignore=tuple(ignore),
    )
    return frame.mapInArrow(work, from_arrow_schema(made))


def _turn(plan: Plan) -> list[str]:
    """The key that all counters share; of a package those of its parts."""
    keys = [counter.per for part in (plan, *plan.parts) for counter in part.counters.values()]
    shared = [name for name in keys[0] if all(name in key for key in keys)] if keys else []
    if not shared:
        raise ArgumentError(f"the counters of {plan.id} share no key", hint="say `by` which columns rows go together")
    return shared[:1]


def _plain(field: Any) -> Any:
    """Spark has no dictionaries: their texts."""
    import pyarrow

    kind = field.type
    if pyarrow.types.is_dictionary(kind):
        kind = kind.value_type
    elif pyarrow.types.is_list(kind) and pyarrow.types.is_dictionary(kind.value_type):
        kind = pyarrow.list_(kind.value_type.value_type)
    return pyarrow.field(field.name, kind)


def _sent(plan: Plan) -> Rules:
    ruleset = plan.ruleset
    found = tuple(sorted(_files(ruleset)))
    return Rules(found, tuple(ruleset.scenario.splitlines()), ruleset.sha256, plan.id)


def _files(ruleset: Ruleset) -> Iterator[tuple[str, bytes]]:
    source = ruleset._source
    if isinstance(source, Mapping):
        for name, content in source.items():
            yield str(name), content if isinstance(content, bytes) else str(content).encode()
        return
    path = Path(str(source))
    if not path.is_dir():
        path = Path(packaged(str(source)) or path)
    for file in path.rglob("*.yaml"):
        if not file.name.endswith(".examples.yaml"):
            yield file.relative_to(path).as_posix(), file.read_bytes()


@lru_cache(maxsize=8)
def _loaded(rules: Rules) -> Plan:
    """On an executor, once for all its partitions."""
    ruleset = load(dict(rules.files), settings=list(rules.settings))
    if ruleset.sha256 != rules.sha256:
        raise RulesError("the rules that came are not those that were sent", hint="a file of the ruleset has changed since it was loaded")
    return ruleset[rules.plan]


def _decide(
    batches: Iterable[Any],
    *,
    rules: Rules,
    names: tuple[str, ...],
    counters: Counters,
    keep: tuple[str, ...],
    floats: Floats,
    ignore: tuple[str, ...],
) -> Iterator[Any]:
    """The rows of a partition, batch by batch; counters live from one to the next."""
    import pyarrow

    rest = iter(batches)
    first = next(rest, None)
    if first is None:
        return
    waiting: deque[Any] = deque()

    def seen() -> Iterator[Any]:
        for batch in chain([first], rest):
            waiting.append(batch)
            yield batch

    reader = pyarrow.RecordBatchReader.from_batches(first.schema, seen())
    for answers in _loaded(rules).evaluate_frame(reader, columns=names, counters=counters, floats=floats, ignore=ignore):
        batch = waiting.popleft()
        made = [batch.column(name) for name in keep]
        made += [answers.column(name).cast(_plain(answers.schema.field(name)).type) for name in names]
        yield pyarrow.RecordBatch.from_arrays(made, names=[*keep, *names])
