"""Claims for every way of settling them, from what makes them for the oracles: a line of JSON each, with values as texts, so that
columns can hold the same. What only a line can get wrong (JSON, keys, questions) is left out.

    python3 claims.py PLAN given|fresh|carry COUNT SEED
"""

import importlib
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "oracle"))

import kit  # noqa: E402


def text_of(value, flag):
    """A value as a text, or a flag; ValueError where columns have no such value."""
    if isinstance(value, bool):
        return value if flag else "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if not isinstance(value, str) or (flag and value in ("true", "false")):
        raise ValueError
    return str(value)


def plain(line, readers, counters_of):
    """The line as columns can have it, or None."""
    try:
        claim = kit.parse(line)
        counters = claim.pop("counters", None)
        if claim.pop("ask", None) not in (None, "claim"):
            return None
        out = {name: text_of(value, readers.get(name) is kit.flag_of)
               for name, value in claim.items() if value is not None}
        if any(name not in readers and name != "id" for name in out):
            return None
        if counters:
            out["counters"] = {name: text_of(value, counters_of.get(name) is kit.flag_of)
                               for name, value in counters.items() if value is not None}
        return out
    except (kit.Malformed, ValueError, AttributeError):
        return None


def main(plan, way, count, seed):
    module = importlib.import_module(plan.replace("-", "_"))
    maker = module.Maker("%s-%s" % (seed, way))
    readers = module.Oracle.inputs
    known = getattr(module.Oracle, "counters", {})
    made = 0
    while made < count:
        for line in maker.lines(count, way):
            claim = plain(line, readers, known)
            if claim is None or any(name not in known for name in claim.get("counters", {})) or made == count:
                continue
            made += 1
            print(json.dumps(claim, ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
