r"""Canonical JSON (RFC 8785): one value, one spelling, so that a signature means the same on every machine.

Reading is strict. Python's own reader lets through what other readers and databases cannot hold: NaN and infinities,
two keys of one name, `\u0000`, lone surrogates, nesting that exhausts the stack, and integers that a double cannot
carry. Each of them is refused here, before anybody acts on it.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, Never

import msgspec

from gemba.errors import Refusal
from gemba.wording import text

DEEPEST = 64
"""Deepest nesting of lists and objects that is written or read."""
LARGEST = 2**53
"""Integers stay below this: every JSON reader in the world carries them exactly."""

_PIECE = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)
_LARGE = re.compile(rb"[:,\[]-?[0-9]{16}")
_IN_DIGITS = bytes(48 <= octet < 58 for octet in range(256))
_LONG = b"\1" * 16
"""Sixteen digits, once `_IN_DIGITS` has been laid over them: three times as quick as looking for `_LARGE` at once."""
_BEYOND = bytes(range(0xF0, 0x100))
_SPELL = msgspec.json.Encoder(order="sorted").encode
_LAST_PLAIN_KEY = "\ud7ff"  # up to here, sorting by code point is sorting by UTF-16 unit, as RFC 8785 demands


def dumps(value: Any) -> bytes:
    """The canonical bytes of a JSON value (RFC 8785, UTF-8).

    Raises:
        Refusal: `packs.bad_json` when the value holds something that `loads` would refuse.
    """
    if _check(value, 0):
        # The standard library's writer gives the same bytes ten times faster when no float and no key from
        # beyond the surrogates is there.
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    import rfc8785

    return rfc8785.dumps(value)


def loads(data: bytes) -> Any:
    """The JSON value in `data`, read strictly.

    Raises:
        Refusal: `packs.bad_json` with the reason.
    """
    _check_depth(data)
    try:
        value = _READER.decode(data.decode())
    except UnicodeDecodeError:
        _refuse(text("it is not UTF-8"))
    except ValueError:
        _refuse(text("it is not JSON"))
    if b"\\u" in data:  # NUL and half characters cannot stand in valid text, only be escaped in it
        _check(value, 0)
    return value


def loads_canonical(data: bytes) -> Any:
    """The JSON value in `data`, which must be spelled canonically to the byte.

    Raises:
        Refusal: `packs.bad_json` with the reason.
    """
    if (fast := _loads_plain(data)) is not None:
        return fast
    value = loads(data)
    if dumps(value) != data:
        _refuse(text("it is not in canonical form"))
    return value


def _loads_plain(data: bytes) -> Any:
    """The value when `data` is spelled canonically and holds nothing out of the ordinary; else None: then look closely.

    It is read and written by a library that spells texts, whole numbers and plain fractions as RFC 8785 does. What it
    may spell otherwise, or reads and should not, is left to the slow way: other numbers, NUL, deep nesting, and letters
    from beyond the surrogates, by which it may sort keys in another order. A property test holds that both ways agree.
    """
    if _is_odd(data) or not data.startswith((b"{", b"[")) or data.count(b"[") + data.count(b"{") > DEEPEST:
        return None
    try:
        value = _READ(data)
        return value if _SPELL(value) == data else None
    except (msgspec.DecodeError, UnicodeError, ValueError):
        return None


def _is_odd(data: bytes) -> bool:
    """True when `data` holds NUL, a long number, or letters from beyond the surrogates."""
    if b"\\" in data and b"\\u0000" in data:
        return True
    if _LONG in data.translate(_IN_DIGITS) and _LARGE.search(data):
        return True
    return not data.isascii() and len(data.translate(None, _BEYOND)) < len(data)


def _plain_fraction(digits: str) -> float:
    """A number like 0.25, which every library spells alike."""
    value = float(digits)
    if repr(value) != digits or "e" in digits or digits.endswith(".0"):
        raise ValueError(digits)
    return value


def _check(value: Any, depth: int) -> bool:
    """Refuse what may not travel; True when the standard library spells the value canonically."""
    if isinstance(value, str):
        return _check_text(value)
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, int):
        return _check_integer(value)
    if isinstance(value, float):
        return _check_float(value)
    return _check_nest(value, depth)


def _check_nest(value: Any, depth: int) -> bool:
    if depth >= DEEPEST:
        _refuse(text("it is nested too deeply"))
    if isinstance(value, dict):
        return _check_object(value, depth)
    if not isinstance(value, list | tuple):
        _refuse(text("it holds a value that JSON does not know"))
    plain = True
    for item in value:
        plain = _check(item, depth + 1) and plain
    return plain


def _check_object(value: dict[Any, Any], depth: int) -> bool:
    plain = True
    for key, item in value.items():
        if not isinstance(key, str):
            _refuse(text("a key is not text"))
        _check_text(key)
        plain = _check(item, depth + 1) and plain and (key.isascii() or max(key) <= _LAST_PLAIN_KEY)
    return plain


def _check_text(value: str) -> bool:
    if "\0" in value:
        _refuse(text("a text holds the character NUL"))
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            _refuse(text("a text holds half a character"))
    return True


def _check_integer(value: int) -> bool:
    if not -LARGEST < value < LARGEST:
        _refuse(text("a number is too large"))
    return True


def _check_float(value: float) -> bool:
    # From 2^53 to 10^21 RFC 8785 spells a float as an integer, which `loads` would refuse.
    if not math.isfinite(value) or LARGEST <= abs(value) < 1e21:
        _refuse(text("a number is too large"))
    return False


def _check_depth(data: bytes) -> None:
    """Refuse deep nesting before the recursive reader sees it."""
    if data.count(b"[") + data.count(b"{") <= DEEPEST:
        return
    depth = 0
    for piece in _PIECE.findall(data):
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(piece, 0)
        if depth > DEEPEST:
            _refuse(text("it is nested too deeply"))


def _read_integer(digits: str) -> int:
    value = int(digits) if len(digits) <= 17 else LARGEST  # long digits are refused without being multiplied out
    _check_integer(value)
    return value


def _read_float(digits: str) -> float:
    value = float(digits)
    _check_float(value)
    return value


def _read_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        _refuse(text("a key stands there twice"))
    return found


def _refuse_constant(_name: str) -> Never:
    _refuse(text("a number is not a number"))


def _refuse(reason: str) -> Never:
    raise Refusal("packs.bad_json", reason=reason)


_READER = json.JSONDecoder(
    object_pairs_hook=_read_object,
    parse_int=_read_integer,
    parse_float=_read_float,
    parse_constant=_refuse_constant,
)
_READ = msgspec.json.Decoder(float_hook=_plain_fraction).decode
