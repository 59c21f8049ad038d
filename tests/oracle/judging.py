"""The order in which an answer comes about, for oracles: checks, conditions, benefits asked, then what is missing or unknown
(the format's N3, N6, N28 and N29, the contract's precedence). Terms are those of kit.py. Standard library only.
"""

from kit import NOTHING, error, incomplete, known, refused

TRUE, FALSE = known(True), known(False)


def unknown(name):
    """A value that nobody published."""
    return (None, frozenset(["?" + name]))


def open_answer(names):
    """Incomplete if anything is missing, else undetermined. Reading: what is unknown is not compared by name."""
    missing = {name for name in names if not name.startswith("?")}
    return incomplete(missing) if missing else {"outcome": "undetermined", "total": None, "reasons": [[None, "unknown"]]}


class Benefit:
    """asked: a term; gross: a term in fen, or what makes it; conditions: positions in the list of conditions."""

    def __init__(self, name, asked, gross, offered=True):
        self.name, self.asked, self.gross, self.offered = name, asked, gross, offered


def judge(checks, conditions, benefits, needed=NOTHING):
    """(answer, None) where nothing is paid, else (None, (refusals, asked)): codes of benefits that were refused, and the
    benefits asked with whether each was. conditions: (code, term, names of benefits or None) in the order of the file."""
    failed_checks = [code for code, held in checks if held == FALSE]
    if failed_checks:
        return error(*failed_checks), None
    asked = [benefit for benefit in benefits if benefit.asked == TRUE]
    names_asked = {benefit.name for benefit in asked}
    whole, codes, refused_names = [], [], set()
    for code, held, scope in conditions:
        if held != FALSE:
            continue
        if scope is None:
            whole.append(code)
        elif names_asked & set(scope):
            refused_names |= names_asked & set(scope)
        else:
            continue
        codes.append(code)
    for benefit in asked:
        if not benefit.offered:
            refused_names.add(benefit.name)
            codes.append("NOT_OFFERED")
    open_asked = frozenset().union(*(benefit.asked[1] for benefit in benefits))
    if whole or (asked and refused_names == names_asked and not open_asked):
        return refused(codes), None
    names = frozenset(needed).union(open_asked, *(held[1] for _, held in checks),
                                    *(held[1] for _, held, scope in conditions if scope is None))
    for benefit in asked:
        if benefit.name not in refused_names:
            names = names.union(*(held[1] for _, held, scope in conditions if scope and benefit.name in scope),
                                benefit.gross[1])
    # Reading: a benefit of which it is open whether it is asked is asked for all that it needs.
    names = names.union(*(benefit.gross[1] for benefit in benefits if benefit.asked[1]))
    if names:
        return open_answer(names), None
    return None, (codes, [(benefit, benefit.name in refused_names) for benefit in asked])
