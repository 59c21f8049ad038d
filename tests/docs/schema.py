"""schema.py - the JSON Schemas of rule files against rule files that are right and rule files that are wrong in shape.

    python3 schema.py SCHEMAS RIGHT… -- GOLDEN…

SCHEMAS is docs/schema. Every rule file below the folders RIGHT must validate. Of each folder GOLDEN, expected.txt says
which file `check` refuses; where one of the codes below is among the errors of a file, it must not validate. What a
schema cannot know (names, types, sources, expressions, dates in order) is left to `check`.

YAML is read as editors read it: the core schema of YAML 1.2, in which a date is a text and `yes` no boolean.
"""
import json
import re
import sys
from pathlib import Path

import jsonschema
import yaml

SHAPE = {"E_UNKNOWN_KEY", "E_WRONG_SHAPE", "E_UNKNOWN_TYPE", "E_BOOLEAN", "E_GIVES", "E_HIT", "E_ROUNDING", "E_SCALE_KIND"}
# Messages of these codes that hang on more than a key and its shape.
BEYOND = re.compile(r"needs an output|is for one output|`collect count`|set of|has a `unit` instead|cannot be rounded|neither true nor false|^`value` of parameter")


class Loader(yaml.SafeLoader):
    yaml_implicit_resolvers = {}


Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?([0-9]*\.[0-9]+|[0-9]+\.)([eE][-+]?[0-9]+)?$"),
                             list("-+0123456789."))


def kind_of(path):
    if path.name == "ruleset.yaml":
        return "ruleset"
    if path.name.endswith(".examples.yaml"):
        return "examples"
    return "table" if path.parent.name == "tables" else "plan"


def complaint(validators, path):
    """None, or the first thing that is wrong."""
    try:
        tree = yaml.load(path.read_text(encoding="utf-8-sig"), Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        return str(error)
    error = next(iter(validators[kind_of(path)].iter_errors(tree)), None)
    return error and f"{'/'.join(str(step) for step in error.absolute_path)}: {error.message[:200]}"


def refused(folder):
    """Files of a golden folder with an error of shape."""
    for name, code, message in re.findall(r"^(\S+?):\d+:\d+: error\[(\w+)\]: (.*)$", (folder / "expected.txt").read_text("utf-8"), re.M):
        if code in SHAPE and not BEYOND.search(message):
            yield folder / name, message


def main(schemas, *folders):
    passed = failed = 0
    validators = {}
    for path in sorted(Path(schemas).glob("*.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        validators[path.name.split(".")[0]] = jsonschema.Draft202012Validator(schema)
    middle = folders.index("--")
    for folder in folders[:middle]:
        for path in sorted(Path(folder).rglob("*.yaml")):
            wrong = complaint(validators, path)
            passed, failed = passed + (wrong is None), failed + (wrong is not None)
            if wrong is not None:
                print(f"FAILED {path}: {wrong}")
    for folder in map(Path, folders[middle + 1:]):
        for path, message in dict(refused(folder)).items():
            wrong = complaint(validators, path)
            passed, failed = passed + (wrong is not None), failed + (wrong is None)
            if wrong is None:
                print(f"FAILED {path} validates, but: {message}")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
