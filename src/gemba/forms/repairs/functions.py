"""Functions of other tools, written with those of ODK where both mean the same."""

from __future__ import annotations

import re

TRANSLATED = re.compile(
    r"\b(choice-label|linebreak|difference-in-months|add-date|index|count-items|number-of-items|count-if|sum-if|min-if"
    r"|max-if)\s*\("
)
_MONTHS = (
    "((int(format-date({b}, '%Y')) - int(format-date({a}, '%Y'))) * 12 + int(format-date({b}, '%n')) - "
    "int(format-date({a}, '%n')) - if(int(format-date({b}, '%e')) < int(format-date({a}, '%e')), 1, 0))"
)


def translated(said: str) -> str:
    """The expression with the functions of SurveyCTO and CHT that have an equal here."""
    for _ in range(50):
        found = TRANSLATED.search(said)
        if found is None:
            return said
        arguments, end = _arguments(said, found.end())
        after = _one(found[1], arguments)
        if after is None:
            return said
        said = said[: found.start()] + after + said[end:]
    return said


def _one(name: str, given: list[str]) -> str | None:
    """One call in ODK's words; None where there is no equal."""
    match name, given:
        case "choice-label", [field, value]:
            made = f"jr:choice-name({value}, '{field}')"
        case "linebreak", _:
            made = "'\n'"
        case "index", [""]:
            made = "position(..)"
        case "difference-in-months", [first, second]:
            made = _MONTHS.format(a=first, b=second)
        case "add-date", [start, "0", "0", days]:
            made = f"date({start} + {days})"
        case (("count-items" | "number-of-items"), [answer]):
            made = f"count-selected({answer})"
        case (("count-if" | "sum-if" | "min-if" | "max-if"), [field, condition]):
            inside = condition.replace(field, ".")
            if not field.startswith("${") or field not in condition or "${" in inside:
                return None  # what stands beside the field in its repeat cannot be said so
            made = f"{name.removesuffix('-if')}({field}[{inside}])"
        case _:
            return None
    return made


def _arguments(said: str, start: int) -> tuple[list[str], int]:
    """The arguments that begin at `start`, and where the closing bracket is passed."""
    depth, quote, parts, begun = 1, "", list[str](), start
    for at in range(start, len(said)):
        each = said[at]
        if quote:
            quote = "" if each == quote else quote
        elif each in "'\"":
            quote = each
        elif each in "([":
            depth += 1
        elif each in ")]":
            depth -= 1
            if not depth:
                return [*parts, said[begun:at].strip()], at + 1
        elif each == "," and depth == 1:
            parts.append(said[begun:at].strip())
            begun = at + 1
    return [*parts, said[begun:].strip()], len(said)
