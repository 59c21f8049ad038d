"""Prints huzhu/_core.pyi from the module that SWIG made: `python stub.py > huzhu/_core.pyi`, after a change of what is bound.
stubtest, which tests/python/run.sh runs, says when it has to be printed again."""

from huzhu import _core

print("# Flat functions of the module that SWIG makes (bindings/swig/huzhu.i), objects as capsules. Printed by stub.py.")
print("from typing import Any\n")
for name in sorted(vars(_core)):
    if not name.startswith("_"):
        value = getattr(_core, name)
        print(f"{name}: {type(value).__name__}" if not callable(value) else f"def {name}(*args: Any) -> Any: ...")
