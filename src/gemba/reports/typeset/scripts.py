"""What a writing system is called, so that a warning can name it."""

from __future__ import annotations

from unicodedata import name

from gemba.wording import text

_SHORT = {"CJK": "Han", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HALFWIDTH": "Japanese", "HANGUL": "Korean"}


def script(char: str) -> str:
    """English name of the writing system of `char`: `Han`, `Devanagari`, `Emoji` ..."""
    if "\U0001f000" <= char <= "\U0001faff" or char in "\u200d\ufe0f":
        return "Emoji"
    if "\u3000" <= char <= "\u303f" or "\uff01" <= char <= "\uff65":
        return "Han"  # punctuation and wide forms come with any East Asian font
    words = name(char, "").split()
    if len(words) < 2:
        return ""
    return _SHORT.get(words[0], words[0].title())


def shown(found: str) -> str:
    """The name of a writing system as a person reads it."""
    names = {
        "Han": text("Chinese (Han)"),
        "Japanese": text("Japanese"),
        "Korean": text("Korean"),
        "Emoji": text("picture signs (emoji)"),
        "": text("unknown signs"),
    }
    return names.get(found, found)
