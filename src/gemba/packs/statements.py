"""Signed statements in JSON: receipts and cards. One object, canonical to the byte, with its signature inside."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from gemba.errors import Refusal
from gemba.packs import canonical
from gemba.packs.identity import verify

LARGEST = 16 << 20
"""Bytes of a statement at most."""

_TIME = "%Y-%m-%dT%H:%M:%SZ"


def write(kind: str, said: Mapping[str, Any], sign: Callable[[bytes], bytes], *, version: int = 1) -> bytes:
    """The bytes of a statement of a kind ("receipt", "card"), signed over its name, a zero byte and the rest.

    The name is `gemba-<kind>-v<version>`; the rest is the statement in canonical JSON without its signature.
    """
    body = {"format": f"gemba-{kind} v{version}", **said}
    signature = base64.b64encode(sign(_message(kind, body))).decode("ascii")
    return canonical.dumps({**body, "signature": signature})


def read(kind: str, data: bytes, *names: set[str]) -> dict[str, Any]:
    """What a statement says; its signature is not checked yet, see `check`.

    Args:
        kind: "receipt" or "card".
        data: the bytes.
        names: what it must say, neither more nor less, for each version of its format, the first one first.

    Raises:
        Refusal: `packs.not_a_<kind>`, `packs.newer_format`.
    """
    if len(data) > LARGEST:
        raise Refusal(f"packs.not_a_{kind}")
    try:
        said = canonical.loads_canonical(data)
    except Refusal as error:
        raise Refusal(f"packs.not_a_{kind}") from error
    form = said.get("format") if isinstance(said, dict) else None
    version = re.fullmatch(rf"gemba-{kind} v([1-9][0-9]{{0,5}})", form) if isinstance(form, str) else None
    if version and int(version[1]) > len(names):
        raise Refusal("packs.newer_format", version=int(version[1]))
    if not version or said.keys() != names[int(version[1]) - 1] | {"format", "signature"}:
        raise Refusal(f"packs.not_a_{kind}")
    return dict(said)


def check(kind: str, said: Mapping[str, Any], public_key: bytes) -> None:
    """Refuse a statement that `public_key` has not signed.

    Raises:
        Refusal: `packs.forged_<kind>`.
    """
    body = {name: value for name, value in said.items() if name != "signature"}
    signature = from_base64(said["signature"], 64)
    if signature is None or not verify(public_key, _message(kind, body), signature):
        raise Refusal(f"packs.forged_{kind}")


def from_base64(spelled: Any, size: int) -> bytes | None:
    """The bytes behind base64 text, or None when it is anything else than `size` bytes in their one spelling."""
    try:
        data = base64.b64decode(spelled, validate=True)
    except (ValueError, TypeError):
        return None
    return data if len(data) == size and base64.b64encode(data).decode() == spelled else None


def to_time(spelled: Any) -> datetime | None:
    """The moment (UTC) that a text like `2026-11-21T08:30:00Z` names, or None."""
    try:
        moment = datetime.strptime(spelled, _TIME).replace(tzinfo=UTC)
    except (ValueError, TypeError):
        return None
    return moment if from_time(moment) == spelled else None


def from_time(moment: datetime) -> str:
    """A moment spelled as `2026-11-21T08:30:00Z`."""
    return moment.astimezone(UTC).strftime(_TIME)


def _message(kind: str, body: Mapping[str, Any]) -> bytes:
    version = str(body["format"]).rpartition(" ")[2]
    return f"gemba-{kind}-{version}\0".encode("ascii") + canonical.dumps(dict(body))
