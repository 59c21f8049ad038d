# What the package uses of the module that SWIG makes (bindings/swig/huzhu.i): flat functions, objects as capsules.
from typing import Any

def __getattr__(name: str) -> Any: ...
