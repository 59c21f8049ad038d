"""Figures of what scenarios come to. Needs matplotlib: `pip install huzhu[plot]`. Called by `Result.plot`."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, cast

from ._errors import ArgumentError
from ._scenarios import short_names
from ._synthetic.calibration import PUBLISHED

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ._simulate import Result

# Fonts with Chinese that systems have; the first that is there is taken.
FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "PingFang SC",
    "Hiragino Sans GB", "Heiti SC", "Microsoft YaHei", "SimHei", "Droid Sans Fallback", "Noto Sans CJK JP", "Noto Sans CJK TC", "AR PL UMing CN", "SimSun",
)  # fmt: skip
INSTALL = "install one: apt install fonts-noto-cjk (or fonts-wqy-zenhei)"
_LIKELY = re.compile("cjk|wqy|han|hei|song|sun|ping|droid|uming|noto", re.IGNORECASE)

_COLOURS = ("#3b6ea5", "#d98032", "#5a9a57", "#b5485d", "#7d68a8", "#8a6d4f", "#4fa3a5", "#a5a547")
_UP, _DOWN, _GREY = "#5a9a57", "#b5485d", "#666666"
_WORDS = {
    "cost": ("Cost", "金额"), "change": ("Change against {0}", "与“{0}”相比"), "winners": ("Members who get more and less than under {0}", "比“{0}”多得和少得的会员"), "claims": ("Claims paid more and less than under {0}", "比“{0}”多付和少付的人次"),
    "more": ("get more", "多得"), "less": ("get less", "少得"), "budget": ("Cost by year", "各年金额"), "year": ("year", "年度"),
    "distribution": ("Payments by amount", "给付金额分布"), "payments": ("payments", "人次"), "members": ("members", "人"), "rows": ("claims", "人次"),
    "yuan": ("yuan", "元"), "million": ("million yuan", "百万元"), "thousand": ("thousand yuan", "千元"), "100m": ("hundred million yuan", "亿元"),
    "sweep": ("Cost along {0}", "金额随 {0} 的变化"), "synthetic": ("synthetic population", "合成人口"), "sex": ("sex", "性别"), "age_group": ("age", "年龄"),
    "female": ("female", "女"), "male": ("male", "男"), "none": ("nothing moves", "没有变化"),
}  # fmt: skip


def chinese_font() -> str | None:
    """The family of a font that is there and has Chinese; None: there is none."""
    from matplotlib.font_manager import findSystemFonts, fontManager

    def found() -> str | None:
        return next((name for name in FONTS if any(font.name == name for font in fontManager.ttflist)), None)

    name = found()
    if name is None:  # matplotlib remembers its list of fonts, and one may have been installed since
        known = {font.fname for font in fontManager.ttflist}
        for path in findSystemFonts():
            if path not in known and _LIKELY.search(path.rsplit("/", 1)[-1]):
                fontManager.addfont(path)
        name = found()
    if name is not None and not any(font.name == name and font.weight == 400 for font in fontManager.ttflist):
        # Some have one weight that is called otherwise, and matplotlib would say so for every text.
        fontManager.ttflist.append(replace(next(font for font in fontManager.ttflist if font.name == name), weight=400))
    return name


def _has_chinese(text: str) -> bool:
    return any("\u2e80" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or c > "\uffff" for c in text)


class _Drawing:
    """A result, the language of its labels, and what is drawn of it."""

    def __init__(self, result: Result, lang: Literal["en", "zh"], plan: str | None) -> None:
        self.result, self.zh, self.plan = result, lang == "zh", plan
        if plan is not None and plan not in result.plans:
            raise ArgumentError(f"the result has no plan `{plan}`", hint=f"it has {', '.join(result.plans)}")
        self.plans = (plan,) if plan else result.plans
        self.first = result.scenarios[0]

    def word(self, key: object, *values: object) -> str:
        pair = _WORDS.get(str(key))
        return (pair[self.zh] if pair else str(key)).format(*values)

    def title(self, plan: str) -> str:
        names = {row.plan: row.zh for row in PUBLISHED}
        base = "comprehensive" if plan.startswith("comprehensive") else plan
        mark = {"comprehensive-a": "（A）", "comprehensive-b": "（B）"}.get(plan, "")
        return names[base] + mark if self.zh and base in names else plan

    def rows(self, by: Sequence[str] = ()) -> list[dict[str, Any]]:
        return [row for row in self.result.rows(by) if row["plan"] in self.plans]

    def unit(self, largest: float) -> tuple[float, str]:
        """What amounts are divided by, and what they are then."""
        if self.zh and largest >= 2e8:
            return 1e8, self.word("100m")
        if largest >= 2e6:
            return 1e6, self.word("million")
        return (1e3, self.word("thousand")) if largest >= 2e4 else (1.0, self.word("yuan"))


def plot(result: Result, kind: str | None, *, lang: Literal["en", "zh"] = "en", plan: str | None = None) -> Figure:
    """Draws one kind, or all that there is something to see in."""
    try:
        pyplot = importlib.import_module("matplotlib.pyplot")
    except ImportError as error:
        raise ArgumentError("plots need matplotlib", hint="pip install 'huzhu[plot]'") from error
    if lang not in ("en", "zh"):
        raise ArgumentError(f"lang is {lang!r}", hint='"en" or "zh"')
    if kind is not None and kind not in _KINDS:
        raise ArgumentError(f"there is no plot {kind!r}", hint=f"one of {', '.join(_KINDS)}")
    drawing = _Drawing(result, lang, plan)
    kinds = [kind] if kind else _worth(drawing)
    with _fonts(drawing):
        columns = 1 if len(kinds) == 1 else 2
        lines = -(-len(kinds) // columns)
        figure, axes = pyplot.subplots(lines, columns, figsize=(6.4 * columns, 4.2 * lines), squeeze=False, layout="constrained")
        for ax, name in zip(axes.flat, kinds, strict=False):
            _KINDS[name](drawing, ax)
            ax.spines[["top", "right"]].set_visible(False)
        for ax in axes.flat[len(kinds) :]:
            ax.set_visible(False)
        if result.synthetic:
            figure.supxlabel(drawing.word("synthetic"), x=0.99, ha="right", fontsize="x-small", color=_GREY)
        figure.canvas.draw()  # with the fonts chosen here
    return cast("Figure", figure)


def _worth(drawing: _Drawing) -> list[str]:
    result = drawing.result
    kinds = ["sweep"] if result.sweep is not None else ["cost"]
    if len(result.scenarios) > 1 and result.sweep is None:
        kinds.append("winners")
    if result.bounds and result.sweep is None:
        kinds.append("distribution")
    if result.sweep is None and result.year and len({row[result.year] for row in drawing.rows((result.year,))}) > 1:
        kinds.append("budget")
    return kinds


@contextmanager
def _fonts(drawing: _Drawing) -> Iterator[None]:
    import matplotlib

    texts = [*drawing.result.scenarios, *(str(v) for row in drawing.rows(drawing.result.by) for v in row.values())]
    family = ["DejaVu Sans"]
    if drawing.zh or any(map(_has_chinese, texts)):
        font = chinese_font()
        if font is None:
            raise ArgumentError("no font with Chinese is there", hint=INSTALL)
        family = [font, "DejaVu Sans"]
    with matplotlib.rc_context({"font.family": family, "axes.unicode_minus": False, "font.size": 10}):
        yield


def _cost(d: _Drawing, ax: Axes) -> None:
    """A bar for each scenario, plans on top of each other; what it comes to, and the change."""
    rows = d.rows()
    sums = {s: sum((r["cost"] for r in rows if r["scenario"] == s), Decimal(0)) for s in d.result.scenarios}
    by, unit = d.unit(float(max(sums.values())))
    for number, plan in enumerate(d.plans):
        left = [
            float(sum((r["cost"] for r in rows if r["scenario"] == s and r["plan"] in d.plans[:number]), Decimal(0))) / by
            for s in sums
        ]
        width = [float(sum((r["cost"] for r in rows if r["scenario"] == s and r["plan"] == plan), Decimal(0))) / by for s in sums]
        ax.barh(list(sums), width, left=left, color=_COLOURS[number % len(_COLOURS)], height=0.6, label=d.title(plan))
    base = sums[d.first]
    for number, (scenario, total) in enumerate(sums.items()):
        change = f" ({float((total - base) / base):+.1%})" if scenario != d.first and base else ""
        ax.text(float(total) / by, number, f"  {float(total) / by:,.1f}{change}", va="center", color=_GREY)
    ax.invert_yaxis()
    ax.set_xlim(0, max(float(max(sums.values())) / by * 1.28, 0.01))
    ax.set_xlabel(unit)
    ax.set_title(d.word("cost") + (f": {d.title(d.plans[0])}" if len(d.plans) == 1 else ""), loc="left")
    if len(d.plans) > 1:
        ax.legend(frameon=False, fontsize="small", loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=3)


def _winners(d: _Drawing, ax: Axes) -> None:
    """Members that get more to the right, less to the left: by scenario, and by the first column of `by`."""
    by = d.result.by[:1]
    rows = [r for r in d.rows(by) if r["scenario"] != d.first]
    counted = all(r["winners"] is not None for r in rows)
    more, less = ("winners", "losers") if counted else ("better", "worse")
    names = list(dict.fromkeys((r["scenario"], *(r[b] for b in by)) for r in rows))
    up = [sum(r[more] for r in rows if (r["scenario"], *(r[b] for b in by)) == n) for n in names]
    down = [sum(r[less] for r in rows if (r["scenario"], *(r[b] for b in by)) == n) for n in names]
    labels = [" · ".join(d.word(v) for v in n) for n in names]
    ax.barh(labels, up, color=_UP, height=0.6, label=d.word("more"))
    ax.barh(labels, [-v for v in down], color=_DOWN, height=0.6, label=d.word("less"))
    most = max([*up, *down, 1])
    for number, (u, v) in enumerate(zip(up, down, strict=True)):
        ax.text(u, number, f"  {u:,}" if u else "", va="center", color=_GREY)
        ax.text(-v, number, f"{v:,}  " if v else "", va="center", ha="right", color=_GREY)
    ax.axvline(0, color=_GREY, linewidth=0.8)
    ax.set_xlim(-most * 1.3 if any(down) else 0, most * 1.3)
    ax.xaxis.set_major_formatter(lambda v, _: f"{abs(v):,.0f}")
    ax.invert_yaxis()
    ax.set_xlabel(d.word("members" if counted else "rows"))
    ax.set_title(d.word("winners" if counted else "claims", d.first), loc="left")
    if any(down):
        ax.legend(frameon=False, fontsize="small")


def _distribution(d: _Drawing, ax: Axes) -> None:
    """Payments by their amount, a step line for each scenario."""
    rows = [r for r in d.result.distribution_rows() if r["plan"] in d.plans]
    steps = list(dict.fromkeys((r["at_least"], r["below"]) for r in rows))
    counts = {
        s: [
            sum(cast(int, r["payments"]) for r in rows if r["scenario"] == s and (r["at_least"], r["below"]) == step)
            for step in steps
        ]
        for s in d.result.scenarios
    }
    used = [i for i in range(len(steps)) if any(c[i] for c in counts.values())] or [0]
    shown = range(used[0], used[-1] + 1)
    width = 0.8 / len(counts)
    for number, (scenario, values) in enumerate(counts.items()):
        at = [i - used[0] - 0.4 + width * (number + 0.5) for i in shown]
        ax.bar(at, [values[i] for i in shown], width=width, color=_COLOURS[number % len(_COLOURS)], label=scenario)
    labels = [f"< {steps[i][1]:,.0f}" if steps[i][0] is None else f"≥ {steps[i][0]:,.0f}" for i in shown]
    ax.set_xticks(range(len(labels)), labels, rotation=30, ha="right")
    ax.yaxis.set_major_formatter(lambda v, _: f"{v:,.0f}")
    ax.set_xlabel(d.word("yuan"))
    ax.set_ylabel(d.word("payments"))
    ax.set_title(d.word("distribution"), loc="left")
    ax.legend(frameon=False, fontsize="small")


def _budget(d: _Drawing, ax: Axes) -> None:
    """Cost by year, a line for each scenario."""
    year = d.result.year
    if year is None:
        raise ArgumentError("the rows have no years", hint="name their column with year=")
    rows = d.rows((year,))
    years = sorted({cast(int, r[year]) for r in rows})
    sums = {
        s: [float(sum((r["cost"] for r in rows if r["scenario"] == s and r[year] == y), Decimal(0))) for y in years]
        for s in d.result.scenarios
    }
    by, unit = d.unit(max(max(v) for v in sums.values()))
    for number, (scenario, values) in enumerate(sums.items()):
        ax.plot(years, [v / by for v in values], marker="o", color=_COLOURS[number % len(_COLOURS)], label=scenario)
    ax.set_xticks(years)
    ax.set_ylim(bottom=0)
    ax.set_xlabel(d.word("year"))
    ax.set_ylabel(unit)
    ax.set_title(d.word("budget"), loc="left")
    ax.legend(frameon=False, fontsize="small")


def _sweep(d: _Drawing, ax: Axes) -> None:
    """Cost along the first path of a grid, a curve for each combination of the others; the baseline as a line."""
    if d.result.sweep is None:
        raise ArgumentError("these scenarios are no grid", hint="simulate(…, scenarios=huzhu.sweep({path: [values]}))")
    first, *others = d.result.sweep.axes
    short = short_names(list(d.result.sweep.axes))
    points = d.result.sweep.points
    sums = {s: float(sum((r["cost"] for r in d.rows() if r["scenario"] == s), Decimal(0))) for s in d.result.scenarios}
    by, unit = d.unit(max(sums.values()))
    curves = list(dict.fromkeys(tuple(p[o] for o in others) for p in points.values()))
    for number, curve in enumerate(curves):
        mine = {s: p[first] for s, p in points.items() if tuple(p[o] for o in others) == curve}
        label = ", ".join(f"{short[o]} = {v}" for o, v in zip(others, curve, strict=True)) or None
        values = [_position(v, i) for i, v in enumerate(mine.values())]
        ax.plot(values, [sums[s] / by for s in mine], marker="o", color=_COLOURS[number % len(_COLOURS)], label=label)
        ax.set_xticks(values, [str(v) for v in mine.values()])
    base = sums[d.result.sweep.baseline] / by
    ax.axhline(base, color=_GREY, linewidth=0.8, linestyle="--", label=d.result.sweep.baseline)
    ax.set_xlabel(short[first])
    ax.set_ylabel(unit)
    ax.set_ylim(bottom=0)
    ax.set_title(d.word("sweep", short[first]), loc="left")
    ax.legend(frameon=False, fontsize="small")


def _position(value: object, number: int) -> float:
    """Where a value stands on the axis: numbers where they are, others one after another."""
    try:
        return float(str(value))
    except ValueError:
        return float(number)


_KINDS: dict[str, Callable[[_Drawing, Any], None]] = {
    "cost": _cost,
    "winners": _winners,
    "distribution": _distribution,
    "budget": _budget,
    "sweep": _sweep,
}
