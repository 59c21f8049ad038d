"""Writes _core.pyi, the types of the module that SWIG makes, from its wrapper: `stub.py core_wrap.c _core.pyi`, called by the build."""

import re
import sys

wrapper = open(sys.argv[1], encoding="utf-8").read()
names = {name: f"def {name}(*args: Any) -> Any: ..." for name in re.findall(r'^\t \{ "(\w+)", _wrap_', wrapper, re.MULTILINE)}
names |= {name: f"{name}: int" for name in re.findall(r'SWIG_Python_SetConstant\(\w+, "(\w+)",SWIG_From_', wrapper)}
with open(sys.argv[2], "w", encoding="utf-8") as stub:
    stub.write("# Flat functions over capsules, made by SWIG (bindings/swig/huzhu.i) from the headers of the library.\n")
    stub.write("from typing import Any\n\n")
    stub.writelines(f"{names[name]}\n" for name in sorted(names))
