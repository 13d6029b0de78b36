"""The canonical spelling (RFC 8785) of JSON values, quickly where nothing in them needs the rules of JavaScript. Pure.

Very small and very large floats, whole numbers beyond 2^53 and keys beyond ASCII are left to the exact writer, which
is forty times slower.
"""

from __future__ import annotations

from typing import Any

import msgspec
import rfc8785

LARGEST = 2**53
_SMALL, _LARGE = 1e-5, 1e16
"""Between these both writers spell a float that is no whole number alike: its shortest digits, without an exponent."""

spell_plain = _write = msgspec.json.Encoder(order="sorted").encode
"""The canonical bytes of what is known to be plain (`is_plain`)."""


def canonical(value: Any) -> bytes:
    """The canonical bytes of a JSON value.

    Raises:
        rfc8785.CanonicalizationError: the value has no canonical spelling.
        UnicodeEncodeError: a text holds half a character.
    """
    if is_plain(value):
        return _write(value)
    whole = _with_whole_numbers(value)
    if is_plain(whole):
        return _write(whole)
    spelled: bytes = rfc8785.dumps(value)
    return spelled


def is_plain(value: Any) -> bool:
    """True when the quick writer spells a value as RFC 8785 demands."""
    kind = type(value)
    if kind in _PLAIN:
        return True
    if kind in _NUMBERS:
        return _is_plain_number(value)
    if kind is dict:
        for key, each in value.items():
            if type(each) not in _PLAIN and not is_plain(each):
                return False
            if type(key) is not str or not key.isascii():
                return False
        return True
    return kind in {list, tuple} and all(map(is_plain, value))


def _is_plain_number(value: float) -> bool:
    if type(value) is int:
        return -LARGEST < value < LARGEST
    return _SMALL <= abs(value) < _LARGE and not value.is_integer()


def _with_whole_numbers(value: Any) -> Any:
    """The same, with whole numbers in place of floats that are some: JavaScript spells them so."""
    kind = type(value)
    if kind is float and value.is_integer() and abs(value) < LARGEST:
        return int(value)
    if kind is dict:
        return {key: _with_whole_numbers(each) for key, each in value.items()}
    return [_with_whole_numbers(each) for each in value] if kind in {list, tuple} else value


_PLAIN = frozenset({str, bool, type(None)})
_NUMBERS = frozenset({int, float})


def holds_nul(value: Any) -> bool:
    """True when a text in a JSON value, or a key, holds the character NUL, which PostgreSQL cannot keep."""
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(holds_nul(part) for pair in value.items() for part in pair)
    return isinstance(value, list | tuple) and any(map(holds_nul, value))
