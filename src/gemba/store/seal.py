"""Secrets in a database that others administer: sealed with the store's key, which lies in the folder and not there."""

from __future__ import annotations

import base64
import secrets
from typing import Any

from sqlalchemy import Dialect, LargeBinary, Text, TypeDecorator

from gemba.errors import Trouble

_NONCE = 12
_ATTRIBUTE = "gemba_seal"


class Seal:
    """Seals and opens small secrets.

    Args:
        key: of the store, 32 bytes.
    """

    def __init__(self, key: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        self._cipher = ChaCha20Poly1305(HKDF(SHA256(), 32, salt=None, info=b"gemba secrets of a store").derive(key))

    def close(self, secret: bytes) -> bytes:
        """The secret, sealed: a nonce of 12 bytes, then ChaCha20-Poly1305."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, secret, None)

    def open(self, sealed: bytes) -> bytes:
        """The secret again.

        Raises:
            Trouble: `store.wrong_seal` when it was sealed with another key, or altered.
        """
        from cryptography.exceptions import InvalidTag

        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
        except (InvalidTag, ValueError) as error:
            raise Trouble("store.wrong_seal") from error

    def close_text(self, secret: str) -> str:
        """A text, sealed, as base 64."""
        return base64.b64encode(self.close(secret.encode())).decode()

    def open_text(self, sealed: str) -> str:
        """The text again.

        Raises:
            Trouble: `store.wrong_seal`.
        """
        return self.open(base64.b64decode(sealed)).decode()


def attach(dialect: Dialect, seal: Seal) -> None:
    """Let everything secret that goes through this engine's dialect be sealed."""
    setattr(dialect, _ATTRIBUTE, seal)


def _of(dialect: Dialect) -> Seal | None:
    """The seal of an engine; the embedded database has none, for it is encrypted as a whole."""
    return getattr(dialect, _ATTRIBUTE, None)


class SecretBytes(TypeDecorator[bytes]):
    """Secret bytes; sealed wherever the database itself is not."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """The bytes as the database takes them."""
        seal = _of(dialect)
        return value if value is None or seal is None else seal.close(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        """The bytes again."""
        seal = _of(dialect)
        return value if value is None or seal is None else seal.open(bytes(value))


class SecretText(TypeDecorator[str]):
    """A secret text; sealed wherever the database itself is not."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as the database takes it."""
        seal = _of(dialect)
        return value if value is None or seal is None else seal.close_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """The text again."""
        seal = _of(dialect)
        return value if value is None or seal is None else seal.open_text(value)
