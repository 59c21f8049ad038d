"""`python -m huzhu`: plans and scenarios over CSV and Parquet files, and synthetic populations into them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import __version__, load
from ._errors import ArgumentError, Error, LoadError
from ._files import SUFFIXES, csv_text, read, write

if TYPE_CHECKING:
    from ._simulate import Result

WELL, NO, USAGE, FILES, LIMITS = 0, 1, 2, 3, 4

_ABOUT = """\
Plans of a ruleset over tables: the same answers as in Python, for files.

A table is CSV (a line of names, UTF-8, an empty cell is absent) or Parquet. Columns go to the inputs of their names."""

_EXIT = """\
Exit status: 0 well; 1 the answer is no (errors in rules or settings, or among the claims); 2 wrong usage;
3 cannot read or write; 4 a limit or an internal fault."""


def _parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(
        prog="python -m huzhu", description=_ABOUT, epilog=_EXIT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    whole.add_argument("--version", action="version", version=f"huzhu {__version__}")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str, what: str, more: str) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name,
            help=what,
            description=f"{what[0].upper()}{what[1:]}.\n\n{more}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        made.add_argument(
            "--rules",
            default="beijing",
            metavar="DIR",
            help="a ruleset's folder, or the name of one that the package brings (beijing)",
        )
        return made

    def rows(made: argparse.ArgumentParser) -> None:
        made.add_argument(
            "--counters",
            choices=("carried", "given", "fresh"),
            default="carried",
            help="where counters stand that no column gives: carried from row to row (the default), nowhere, or new for each row",
        )
        made.add_argument(
            "--floats",
            choices=("refuse", "round-half-even", "round-half-up"),
            default="refuse",
            help="columns of floats for amounts",
        )
        made.add_argument(
            "--ignore",
            type=_names,
            default=(),
            metavar="A,B",
            help="columns that are none of the plan's although their names are near",
        )
        made.add_argument(
            "-j", "--threads", type=_count, default=os.cpu_count() or 1, metavar="N", help="threads; the results are the same"
        )

    made = command(
        "evaluate",
        "decides the rows of a table",
        "A row is a claim; the row of results in its place says its outcome, reason and amounts.",
    )
    made.add_argument("plan", metavar="PLAN")
    made.add_argument("file", type=Path, metavar="FILE")
    made.add_argument(
        "--out", type=Path, metavar="FILE", help="where results are written; standard output, as CSV, is the default"
    )
    made.add_argument(
        "--columns",
        type=_names,
        metavar="A,B",
        help="the results, in this order: id, outcome, reason, error, reasons, caps, total, BENEFIT.gross, BENEFIT.net, COUNTER.after",
    )
    made.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PATH=VALUE",
        help="replace a value of the rules, as PLAN.NAME=60 or 'PLAN.NAME=60 from 2026-01-01'",
    )
    made.add_argument("--progress", action="store_true", help="show how far it is")
    rows(made)

    made = command(
        "simulate", "sums tables under scenarios",
        "Each TABLE is PLAN=FILE, or a folder that `population` wrote. The file of scenarios has a section for each: its name in\n"
        "brackets, then settings, a line each; # begins a comment. The first is what the others are compared with.",
    )  # fmt: skip
    made.add_argument("tables", nargs="+", metavar="TABLE")
    made.add_argument("--scenarios", type=Path, required=True, metavar="FILE")
    made.add_argument("--by", type=_names, default=(), metavar="A,B", help="columns that make groups")
    made.add_argument("--plans", type=_names, metavar="A,B", help="the plans to decide; else those that some scenario can move")
    made.add_argument("--no-people", action="store_true", help="count claims alone, not members: one pass for all scenarios")
    made.add_argument("--person", default="member", metavar="A", help="the column of members")
    made.add_argument("--year", default="year", metavar="A", help="the column of years")
    made.add_argument(
        "--out",
        type=Path,
        metavar="FOLDER",
        help="where costs, groups, budget, benefits and distribution are written, a table each",
    )
    made.add_argument("--to", choices=("csv", "parquet"), default="csv", help="as what")
    made.add_argument("--plot", type=Path, metavar="FILE", help="a figure: .png, .svg or .pdf")
    made.add_argument("--lang", choices=("en", "zh"), default="en", help="of the figure")
    rows(made)

    made = command(
        "affects",
        "says what settings can move, before any row is seen",
        "A line for each plan; what is not named cannot differ for any claim.",
    )
    made.add_argument("set", nargs="+", metavar="PATH=VALUE")

    made = commands.add_parser(
        "population", help="writes a SYNTHETIC population", formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Writes a SYNTHETIC population: members, covers and events of each plan, a table each. Nobody is behind it: it is\nmade up so that a year comes to the totals that the programme published. The same seed gives the same bytes.",
    )  # fmt: skip
    made.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    made.add_argument("--n", type=_count, default=4_250_000, metavar="N", help="members; 4,250,000 is the default")
    made.add_argument("--seed", type=int, default=1, metavar="N")
    made.add_argument("--years", type=_years, default=(2019,), metavar="Y-Y", help="as 2019 or 2019-2021; 2019 is the first")
    made.add_argument("--plans", type=_names, metavar="A,B", help="events and covers of these plans alone")
    made.add_argument("--to", choices=("csv", "parquet"), default="parquet", help="as what")
    return whole


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _count(text: str) -> int:
    number = int(text.replace(",", "").replace("_", ""))
    if number < 1:
        raise argparse.ArgumentTypeError("it is at least 1")
    return number


def _years(text: str) -> tuple[int, ...]:
    first, _, last = text.partition("-")
    return tuple(range(int(first), int(last or first) + 1))


def scenarios_of(text: str) -> dict[str, str]:
    """Sections of a file of scenarios: a name and settings each."""
    out: dict[str, str] = {}
    name = ""
    for number, line in enumerate(text.splitlines(), 1):
        said = line.split("#")[0].strip()
        if said.startswith("[") and said.endswith("]"):
            name = said[1:-1].strip()
            if not name or name in out:
                raise ArgumentError(
                    f"line {number}: {'a scenario needs a name' if not name else f'there is a scenario `{name}` before'}"
                )
            out[name] = "\n" * number  # lines of settings keep their numbers
        elif said and not name:
            raise ArgumentError(
                f"line {number}: a setting stands before the first scenario",
                hint="begin with a name in brackets, as in [baseline]",
            )
        elif name:
            out[name] += line.split("#")[0].rstrip() + "\n"
    return out


def _evaluate(said: argparse.Namespace) -> int:
    plan = load(said.rules, settings=said.set)[said.plan]
    table = read(said.file)
    answers = plan.evaluate_frame(
        table,
        columns=said.columns,
        counters=said.counters,
        floats=said.floats,
        ignore=said.ignore,
        threads=said.threads,
        progress=said.progress,
    )
    if said.out is not None:
        write(answers, said.out)
    else:
        sys.stdout.write(csv_text(answers))
    asked = said.columns is None or "error" in said.columns
    return NO if asked and _has_errors(answers) else WELL


def _has_errors(answers: Any) -> bool:
    """Whether a column `error` has anything in it, in polars and in pyarrow."""
    column = answers["error"]
    return bool(column.null_count() < len(column) if callable(column.null_count) else column.null_count < len(column))


def _tables(said: Sequence[str]) -> dict[str, Path]:
    out: dict[str, Path] = {}
    for item in said:
        plan, equals, file = item.partition("=")
        if equals:
            out[plan] = Path(file)
            continue
        folder = Path(item) / "events"
        found = sorted(p for p in folder.glob("*") if p.suffix in SUFFIXES)
        if not found:
            raise ArgumentError(f"{item} is neither PLAN=FILE nor a folder with events in it")
        out.update({path.stem: path for path in found})
    return out


def _simulate(said: argparse.Namespace) -> int:
    from ._population import ATTRIBUTES
    from ._simulate import simulate

    try:
        text = said.scenarios.read_text(encoding="utf-8")
    except OSError as error:
        raise LoadError(f"{said.scenarios} cannot be read: {error.strerror}") from error
    tables = {plan: path for plan, path in _tables(said.tables).items() if said.plans is None or plan in said.plans}
    result = simulate(
        {plan: read(path) for plan, path in tables.items()}, scenarios_of(text), by=said.by, rules=said.rules, plans=said.plans, counters=said.counters,
        people=not said.no_people, person=said.person, year=said.year, floats=said.floats, ignore=(*said.ignore, *ATTRIBUTES), threads=said.threads,
        frames="dict" if said.out is None else None,
    )  # fmt: skip
    print(result)
    if said.out is not None:
        _write_result(result, said.out, said.to)
    if said.plot is not None:
        import matplotlib

        matplotlib.use("Agg")
        result.plot(lang=said.lang).savefig(said.plot, dpi=150)
    return WELL


def _write_result(result: Result, folder: Path, to: str) -> None:
    for name in ("costs", "groups", "budget", "benefits", "distribution"):
        write(getattr(result, name), folder / f"{name}.{to}")


def _affects(said: argparse.Namespace) -> int:
    from ._simulate import affects

    for plan, names in affects("\n".join(said.set), rules=said.rules).items():
        print(f"{plan}: {', '.join(names)}")
    return WELL


def _population(said: argparse.Namespace) -> int:
    from ._population import population

    people = population(said.n, said.seed, said.years)
    print(people, file=sys.stderr)
    plans = said.plans or people.plans
    write(people.members, said.out / f"members.{said.to}")
    for plan in plans:
        write(people.events[plan], said.out / "events" / f"{plan}.{said.to}")
        if plan in people.covers:
            write(people.covers[plan], said.out / "covers" / f"{plan}.{said.to}")
    notes = "".join(f"{c.name} = {c.value} ({c.kind}: {c.why})\n" for c in people.calibration)
    (said.out / "SYNTHETIC.txt").write_text(f"{people}\n{people.metadata['synthetic']}\n\n{notes}", encoding="utf-8")
    return WELL


_COMMANDS = {"evaluate": _evaluate, "simulate": _simulate, "affects": _affects, "population": _population}


def main(arguments: Sequence[str] | None = None) -> int:
    said = _parser().parse_args(arguments)
    try:
        return _COMMANDS[said.command](said)
    except (Error, KeyError) as error:
        print(f"python -m huzhu: {error}", file=sys.stderr)
        return FILES if isinstance(error, LoadError) else NO
    except ImportError as error:
        print(f"python -m huzhu: {error}", file=sys.stderr)
        return USAGE
    except MemoryError:
        print("python -m huzhu: there is not enough memory", file=sys.stderr)
        return LIMITS
    except BrokenPipeError:
        return FILES


if __name__ == "__main__":
    sys.exit(main())
