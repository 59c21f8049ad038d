"""Exceptions: one family, `Error`, that carries what the library says: code, message, hint and place.

A status of the C library becomes an exception in `failure`, which `_core` calls, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "ArgumentError",
    "DataError",
    "Diagnostic",
    "Error",
    "InputError",
    "InputTypeError",
    "InputValueError",
    "LimitError",
    "LoadError",
    "NotFoundError",
    "NotReversibleError",
    "RulesError",
    "StateError",
    "UnknownNameError",
    "UnsupportedError",
]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong, where it stands, and how to mend it. Lines and columns count from 1; line 0: no place."""

    severity: str
    code: str
    message: str
    hint: str
    file: str
    line: int
    column: int
    end_line: int
    end_column: int


class Error(Exception):
    """What the library says is wrong.

    `code`, `hint`, `file`, `line` and `column` are those of the first diagnostic, as in C and on the command line; all of
    them are in `diagnostics`. `input` is the input or counter at fault, where there is one.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        hint: str = "",
        input: str = "",
        diagnostics: tuple[Diagnostic, ...] = (),
        text: str = "",
    ) -> None:
        first = diagnostics[0] if diagnostics else None
        self.message = message or (first.message if first else "")
        self.code = code or (first.code if first else "")
        self.hint = hint or (first.hint if first else "")
        self.input = input
        self.file = first.file if first else ""
        self.line = first.line if first else 0
        self.column = first.column if first else 0
        self.diagnostics = diagnostics
        self.text = text
        super().__init__(self.message)

    def __str__(self) -> str:
        if self.text:
            return self.text.rstrip()
        head = f"{self.code}: {self.message}" if self.code else self.message
        return f"{head}\n    hint: {self.hint}" if self.hint else head


class ArgumentError(Error, ValueError):
    """A mistake of the caller: a value of the wrong kind for a call."""


class NotFoundError(Error, LookupError):
    """No plan, input, counter or claim of that name."""


class LoadError(Error, OSError):
    """A file cannot be read, or its format is newer than this library."""


class RulesError(Error, ValueError):
    """The rule files, or settings, have errors: `diagnostics` says which and where."""


class DataError(Error, ValueError):
    """A value or a column does not fit."""


class InputError(DataError):
    """An input or counter of a claim does not fit: `input` is its name, `code` an `R_…` of docs/errors.md."""


class UnknownNameError(InputError, LookupError):
    """The plan has no such input or counter; `hint` has the nearest."""


class InputTypeError(InputError, TypeError):
    """A value of another type than the input's."""


class InputValueError(InputError):
    """A value of the right type that does not fit: out of range, no such code, no such day, too many decimals."""


class LimitError(Error, MemoryError):
    """A limit on size or memory was reached."""


class UnsupportedError(Error, NotImplementedError):
    """Not in this version."""


class StateError(Error, RuntimeError):
    """Not now."""


class NotReversibleError(Error, RuntimeError):
    """The claim is not the last of all its keys: take back and settle again the later ones first."""


_OF_STATUS: dict[int, type[Error]] = {
    1: ArgumentError,
    3: NotFoundError,
    4: LoadError,
    5: RulesError,
    6: DataError,
    7: LimitError,
    8: LoadError,
    9: UnsupportedError,
    10: StateError,
    11: NotReversibleError,
}

_SEVERITIES = {1: "error", 2: "warning"}


def diagnostic(item: tuple[int, str, str, str, str, int, int, int, int]) -> Diagnostic:
    return Diagnostic(_SEVERITIES.get(item[0], "error"), *item[1:])


def failure(
    status: int,
    sentence: str,
    found: list[tuple[int, str, str, str, str, int, int, int, int]],
    text: str,
    call: str,
) -> BaseException:
    """The exception for a status; called by `_core`."""
    if status == 2:
        return MemoryError(sentence)
    # Errors before warnings: the first error is what the exception is about.
    diagnostics = tuple(sorted((diagnostic(item) for item in found), key=lambda item: item.severity != "error"))
    message = diagnostics[0].message if diagnostics else sentence
    return _OF_STATUS.get(status, Error)(message, diagnostics=diagnostics, text=text)


# Codes of claims that could not be read; every other `R_…` is an answer, a decision whose outcome is "error".
_OF_CODE: dict[str, type[InputError]] = {
    "R_JSON": InputValueError,
    "R_UNKNOWN_KEY": UnknownNameError,
    "R_PLANS": UnknownNameError,
    "R_DUPLICATE_KEY": InputValueError,
    "R_TYPE": InputTypeError,
    "R_NUMBER": InputValueError,
    "R_SCALE": InputValueError,
    "R_RANGE": InputValueError,
    "R_DATE": InputValueError,
    "R_CODE": InputValueError,
    "R_TEXT": InputValueError,
    "R_COUNTER_KEY": InputValueError,
}


def unread(code: str, input: str, message: str, hint: str) -> InputError | None:
    """The exception for a claim that could not be read; None where the code is an answer."""
    kind = _OF_CODE.get(code)
    return None if kind is None else kind(message, code=code, hint=hint, input=input)
