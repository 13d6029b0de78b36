"""The canonical spelling (RFC 8785) of JSON values, quickly where nothing in them needs the rules of JavaScript. Pure.

Floats, whole numbers beyond 2^53 and keys beyond ASCII are left to the exact writer, which is forty times slower.
"""

from __future__ import annotations

from typing import Any

import msgspec
import rfc8785

LARGEST = 2**53

_write = msgspec.json.Encoder(order="sorted").encode


def canonical(value: Any) -> bytes:
    """The canonical bytes of a JSON value.

    Raises:
        rfc8785.CanonicalizationError: the value has no canonical spelling.
        UnicodeEncodeError: a text holds half a character.
    """
    if is_plain(value):
        return _write(value)
    spelled: bytes = rfc8785.dumps(value)
    return spelled


def is_plain(value: Any) -> bool:
    """True when the quick writer spells a value as RFC 8785 demands."""
    kind = type(value)
    if kind in _PLAIN:
        return True
    if kind is int:
        return bool(-LARGEST < value < LARGEST)
    if kind is dict:
        for key, each in value.items():
            if type(each) not in _PLAIN and not is_plain(each):
                return False
            if type(key) is not str or not key.isascii():
                return False
        return True
    return kind in {list, tuple} and all(map(is_plain, value))


_PLAIN = frozenset({str, bool, type(None)})


def holds_nul(value: Any) -> bool:
    """True when a text in a JSON value, or a key, holds the character NUL, which PostgreSQL cannot keep."""
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(holds_nul(part) for pair in value.items() for part in pair)
    return isinstance(value, list | tuple) and any(map(holds_nul, value))
