"""Cuts the text of an expression into tokens, with XPath's rule for `*`, `and`, `or`, `div` and `mod`.

Source: XML Path Language 1.0, section 3.7 (W3C, 1999).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gemba.forms.expressions.syntax import broken

_NAME = r"[^\W\d][\w.\-\u00b7]*"
_TOKEN = re.compile(
    rf"""\s*(?:
    (?P<number>\d+(?:\.\d*)?|\.\d+)
  | (?P<text>"[^"]*"|'[^']*')
  | (?P<variable>\$(?:{_NAME}:)?{_NAME})
  | (?P<name>(?:{_NAME}:(?!:))?(?:{_NAME}|(?<=:)\*))
  | (?P<sign>::|//|\.\.|!=|<=|>=|[()\[\].@,/|+\-=<>*])
)""",
    re.VERBOSE,
)
_WORD_SIGN = re.compile(r"\s*(and|or|div|mod)")
_OPERAND_ENDS = {"number", "text", "variable", "name"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an expression: its kind, its text and where it starts."""

    kind: str
    text: str
    position: int


def tokenize(source: str) -> list[Token]:
    """All tokens of `source`, closed by one of kind "end".

    Raises:
        Refusal: forms.broken_expression at the first character that starts no token.
    """
    tokens: list[Token] = []
    at = 0
    while source[at:].strip():
        token, at = _next(source, at, tokens)
        tokens.append(token)
    tokens.append(Token("end", "", len(source)))
    return tokens


def _next(source: str, at: int, before: list[Token]) -> tuple[Token, int]:
    if _operand_ended(before) and (word := _WORD_SIGN.match(source, at)):
        return Token("sign", word[1], word.start(1)), word.end()
    found = _TOKEN.match(source, at)
    if found is None or found.lastgroup is None:
        start = at + len(source[at:]) - len(source[at:].lstrip())
        reason = "a quote is not closed" if source[start] in "\"'" else f"unexpected {source[start]!r}"
        raise broken(source, start, reason)
    kind, text = found.lastgroup, found[found.lastgroup]
    if kind == "sign" and text == "*" and not _operand_ended(before):
        kind = "name"
    return Token(kind, text, found.start(kind if kind != "name" or found["name"] else "sign")), found.end()


def _operand_ended(before: list[Token]) -> bool:
    """Whether a value has just ended, so that what follows must be an operator."""
    if not before:
        return False
    last = before[-1]
    return last.kind in _OPERAND_ENDS or (last.kind == "sign" and last.text in {")", "]", ".", ".."})
