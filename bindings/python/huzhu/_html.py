"""A decision as a notebook shows it: what is due, to whom and why, then benefits, caps and counters, then the explanation."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huzhu._decision import Decision

_WORDS = {
    "paid": ("给付", "#0a6640", "#e7f5ee"),
    "accepted": ("可以参保", "#0a6640", "#e7f5ee"),
    "nothing_due": ("无应付金额", "#555555", "#f2f2f2"),
    "not_asked": ("不涉及", "#555555", "#f2f2f2"),
    "refused": ("不予给付", "#9b1c1c", "#fdecec"),
    "incomplete": ("材料不全", "#8a5a00", "#fff5e0"),
    "undetermined": ("无法确定", "#8a5a00", "#fff5e0"),
    "error": ("申领有误", "#9b1c1c", "#fdecec"),
}
_CELL = "padding:2px 14px 2px 0;text-align:left;vertical-align:top"
_NUMBER = "padding:2px 14px 2px 0;text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap"


def _row(cells: list[tuple[str, bool]], head: bool = False) -> str:
    tag = "th" if head else "td"
    weight = ";font-weight:600;color:#555" if head else ""
    made = (f'<{tag} style="{_NUMBER if number else _CELL}{weight}">{escape(text)}</{tag}>' for text, number in cells)
    return f'<tr style="background:none">{"".join(made)}</tr>'


def _table(head: list[tuple[str, bool]], rows: list[list[tuple[str, bool]]]) -> str:
    if not rows:
        return ""
    return f'<table style="border-collapse:collapse;margin:8px 0">{_row(head, True)}{"".join(map(_row, rows))}</table>'


def _money(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, Decimal)):
        return f"{value:,}"
    return "—" if value is None else str(value)


def _benefits(decision: Decision) -> str:
    rows = []
    for benefit in decision.benefits.values():
        cut = "；".join(f"{cap.code} −{_money(cap.cut)}" for cap in benefit.caps if cap.cut)
        rows.append([(benefit.id, False), (_money(benefit.gross), True), (cut or "—", False), (_money(benefit.net), True)])
    return _table([("给付项目", False), ("计算金额", True), ("限额扣减", False), ("应付金额", True)], rows)


def _counters(decision: Decision) -> str:
    rows = []
    for counter in decision.counters.values():
        change = "" if counter.change is None else f"{counter.change:+,}"
        key = "，".join(counter.key.values())
        rows.append([(counter.name, False), (key, False), (_money(counter.before), True), (change, True), (_money(counter.after), True), (counter.unit, False)])
    return _table([("累计数", False), ("键", False), ("此前", True), ("变动", True), ("此后", True), ("单位", False)], rows)


def _reasons(decision: Decision) -> str:
    items = []
    for reason in decision.reasons:
        clause = f'<span style="color:#777">（{escape(reason.clause)}）</span>' if reason.clause else ""
        items.append(f'<li><code>{escape(reason.code)}</code> {escape(reason.text)}{clause}</li>')
    if decision.error is not None and not items:
        hint = f"；{decision.error.hint}" if decision.error.hint else ""
        items.append(f"<li><code>{escape(decision.error.code)}</code> {escape(decision.error.message + hint)}</li>")
    return f'<ul style="margin:8px 0;padding-left:20px">{"".join(items)}</ul>' if items else ""


def _body(decision: Decision) -> str:
    word, colour, ground = _WORDS.get(decision.outcome, (decision.outcome, "#555555", "#f2f2f2"))
    total = "" if decision.total is None else f'<span style="font-size:1.35em;font-weight:600">{decision.total:,} 元</span>'
    badge = f'<span style="background:{ground};color:{colour};border-radius:4px;padding:2px 8px">{word}</span>'
    head = f'<div style="display:flex;gap:12px;align-items:baseline">{badge}{total}<span style="color:#777">{escape(decision.title or decision.plan)}</span></div>'
    return head + _reasons(decision) + _benefits(decision) + _counters(decision)


def decision_html(decision: Decision) -> str:
    """The whole of it; parts of a package or an event, that were asked, one below the other."""
    body = _body(decision)
    for part in decision.parts:
        if part.outcome != "not_asked":
            body += f'<div style="border-left:3px solid #ddd;padding-left:12px;margin:10px 0">{_body(part)}</div>'
    why = escape(decision.explain("zh"))
    rests = ""
    if decision.rests_on:
        listed = "、".join(f"<code>{escape(path)}</code>" for path in decision.rests_on)
        rests = f'<div style="color:#8a5a00;margin:6px 0">依据中有推定或存疑之处：{listed}</div>'
    rules = decision.ruleset
    foot = f"{rules.name} {rules.version}，SHA-256 {rules.sha256[:12]}…" + ("，情景规则" if rules.scenario else "")
    return (
        '<div style="font-family:system-ui,sans-serif;line-height:1.5;max-width:60em">'
        f"{body}{rests}"
        '<details><summary style="cursor:pointer;color:#555">如何算出</summary>'
        f'<pre style="white-space:pre-wrap;line-height:1.45;margin:6px 0">{why}</pre></details>'
        f'<div style="color:#999;font-size:0.85em">{escape(foot)}</div></div>'
    )
