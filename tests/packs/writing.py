"""Operations of both versions as docs/data-changes.md describes them, written without the program's journal."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from gemba.packs import canonical
from gemba.packs.identity import DeviceKey

EPOCH = "0001-1a2b3c4d"
PERSON = "01890a5d-ac96-774b-bcce-b302099a8001"


def part(**values: Any) -> dict[str, Any]:
    return {"salt": "0123456789abcdef" * 2, "set": values}


def sha256(value: Any) -> str:
    return hashlib.sha256(canonical.dumps(value)).hexdigest()


def operation(
    key: DeviceKey,
    seq: int,
    *,
    payload: dict[str, Any] | None = None,
    personal: dict[str, Any] | None = None,
    **header: Any,
) -> dict[str, Any]:
    """An operation, of v 2 when it has a personal part."""
    payload = payload or part(share=0.5 * seq, tags=[])
    said = {
        "v": 1 if personal is None else 2,
        "id": f"01890a5d-ac96-774b-bcc0-{seq:012x}",
        "device": key.id,
        "epoch": EPOCH,
        "seq": seq,
        "hlc": f"{seq:012x}-0000",
        "person": PERSON,
        "noun": "person",
        "entity": f"01890a5d-ac96-774b-bcce-{seq:012x}",
        "fields": sorted([*payload["set"], *(personal or {}).get("set", {})]),
        "parents": [],
        "payload": sha256(payload),
        **({} if personal is None else {"personal": sha256(personal)}),
        **header,
    }
    signature = base64.b64encode(key.sign(f"gemba-op-v{said['v']}\0".encode() + canonical.dumps(said))).decode()
    apart = {} if personal is None else {"personal": personal}
    return {"header": said, "payload": payload, **apart, "signature": signature}


def lines(*operations: dict[str, Any]) -> list[bytes]:
    return [canonical.dumps(one) for one in operations]
