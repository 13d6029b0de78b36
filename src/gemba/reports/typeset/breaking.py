"""Where a line may end: a small part of Unicode Annex 14, enough for prose, codes and East Asian text."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import category, east_asian_width

_SPACES = frozenset(" \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000\u200b")
_HYPHENS = frozenset("-\u2010\u2013\u2014")
_SOFT = frozenset("/\\_-.,:;@?&=+#%")
_NOT_FIRST = frozenset("、。，．・：；？！）］｝〕〉》」』】ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々…‥%,.)]}!?:;")
_NOT_LAST = frozenset("（［｛〔〈《「『【([{")


def words(text: str) -> list[tuple[int, int, int]]:
    """Pieces that stay on one line, as (start, end of ink, end with its spaces)."""
    found: list[tuple[int, int, int]] = []
    start, length = 0, len(text)
    while start < length:
        ink = start
        while ink < length and text[ink] not in _SPACES:
            ink += 1
            if ink < length and _may_break(text, ink):
                break
        end = ink
        while end < length and text[end] in _SPACES:
            end += 1
        found.append((start, ink, end))
        start = end
    return found


def _may_break(text: str, at: int) -> bool:
    """True when a line may end between two characters with no space between them."""
    left, right = text[at - 1], text[at]
    if left in _HYPHENS:
        return right.isalpha() and at > 1 and text[at - 2].isalnum()
    if not (_ideographic(left) or _ideographic(right)):
        return False
    return right not in _NOT_FIRST and left not in _NOT_LAST and not category(right).startswith("M")


def _ideographic(char: str) -> bool:
    """Han and kana may be broken anywhere; Hangul keeps its words."""
    return char > "\u2e7f" and east_asian_width(char) in "WF" and not "\uac00" <= char <= "\ud7a3"


def good_break(clusters: Sequence[str], fitting: int) -> int:
    """How many of the `fitting` first clusters of a word too long for a line to put on it: up to a sign, else all."""
    for count in range(fitting, max(1, fitting // 2), -1):
        if clusters[count - 1] in _SOFT:
            return count
    return fitting
