"""Digests and encodings of texts."""

from __future__ import annotations

import base64
import binascii
import hashlib

from gemba.forms.expressions.context import Context, Quit
from gemba.forms.expressions.functions.registry import Shelf
from gemba.forms.expressions.values import Value

FUNCTIONS = Shelf()
_ALGORITHMS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


@FUNCTIONS.add("digest", low=2, high=3)
def _digest(context: Context, text: Value, algorithm: Value, encoding: Value = "base64") -> str:
    name = _ALGORITHMS.get(context.text(algorithm).upper())
    if name is None:
        raise Quit(f"the digest {context.text(algorithm)!r} is not known")
    written = context.text(encoding).lower()
    if written not in {"base64", "hex"}:
        raise Quit(f"the encoding {context.text(encoding)!r} is not known")
    raw = hashlib.new(name, context.text(text).encode(), usedforsecurity=False).digest()
    return raw.hex() if written == "hex" else base64.b64encode(raw).decode("ascii")


@FUNCTIONS.add("base64-decode", low=1)
def _base64_decode(context: Context, text: Value) -> str:
    try:
        return base64.b64decode(context.text(text)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
