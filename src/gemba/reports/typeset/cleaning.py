"""Text as it may stand on paper: composed, without control characters."""

from __future__ import annotations

import re
from unicodedata import category, combining, normalize

_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile("[\t\x1f]")
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
REPLACEMENT = "\ufffd"
"""Stands for what cannot be printed."""


def clean(text: str) -> str:
    """`text` in composed form, with line feeds as its only line breaks and no other control character."""
    text = _BLANKS.sub(" ", _BREAKS.sub("\n", normalize("NFC", text)))
    if text.isprintable():
        return text
    return "".join(_printable(char) for char in text)


def _printable(char: str) -> str:
    kind = category(char)
    if kind == "Cc":
        return char if char == "\n" else ""
    return REPLACEMENT if kind == "Cs" else char


def one_line(text: str) -> str:
    """`text` for a window's title or a list: no line breaks, nothing that only steers."""
    return " ".join("".join(char for char in clean(text) if not invisible(char)).split())


def invisible(char: str) -> bool:
    """True for characters that steer the text and leave no ink: joiners, marks of direction, variation selectors."""
    return _IGNORABLE.match(char) is not None


def attached(char: str) -> bool:
    """True for characters that belong to the one before them: accents, vowel signs, joiners."""
    return combining(char) != 0 or category(char) in {"Mn", "Me", "Mc"} or (invisible(char) and char != "\u200b")


def clusters(text: str) -> list[str]:
    """Pieces that a reader takes for one character, near enough to Unicode Annex 29 for choosing fonts and breaks."""
    found: list[str] = []
    for char in text:
        if char < "\u0300":
            found.append(char)
            continue
        joined = found and (attached(char) or found[-1].endswith("\u200d"))
        if joined:
            found[-1] += char
        else:
            found.append(char)
    return found
