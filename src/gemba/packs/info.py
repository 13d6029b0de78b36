"""`bag-info.txt`: who sealed a pack, for whom, and which stretch of the journal it holds."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from gemba.errors import Refusal
from gemba.packs.identity import device_id
from gemba.wording import text

FORMAT = "gemba-pack v1"
"""First line of every pack's `bag-info.txt`, of this version and of all to come."""
SCHEMA = "gemba-op v2"
"""What the lines of `data/ops.ndjson` are from now on: operations with or without a personal part."""
SCHEMAS = ("gemba-op v1", SCHEMA)
"""What they may be to be read."""

_FORMAT_LINE = re.compile(rb"Format: gemba-pack v([1-9][0-9]{0,5})\r?\n")
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_TEXT = re.compile(
    r"Format: gemba-pack v1\n"
    r"Pack-Id: (?P<pack_id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\n"
    r"Device-Id: (?P<device_id>[0-9a-f]{32})\n"
    r"Device-Key: (?P<public_key>[A-Za-z0-9+/]{43}=)\n"
    r"Epoch: (?P<epoch>[A-Za-z0-9-]{1,64})\n"
    r"Seq-Range: (?P<first_seq>0|[1-9][0-9]{0,14})-(?P<last_seq>0|[1-9][0-9]{0,14})\n"
    r"Prev-Pack: (?P<prev_pack>none|[0-9a-f]{64})\n"
    r"Headquarters: (?P<to>[A-Za-z0-9._-]{1,64})\n"
    r"(?P<recipients>(?:Recipient: age1[02-9ac-hj-np-z]{58}\n){1,20})"
    r"Schema: (?P<schema>[!-~]{1,20} v[1-9][0-9]{0,5})\n"
    r"Operation-Count: (?P<operations>0|[1-9][0-9]{0,14})\n"
    r"Created: (?P<created>[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)\n"
    r"Bag-Software-Agent: (?P<program>[!-~](?:[ -~]{0,98}[!-~])?)\n"
    r"Payload-Oxum: (?P<octets>0|[1-9][0-9]{0,14})\.(?P<files>[1-9][0-9]{0,5})\n"
)


@dataclass(frozen=True, slots=True)
class BagInfo:
    """What a pack says of itself, under the device's signature.

    Args:
        pack_id: UUID of the pack.
        public_key: the sealing device's Ed25519 key, 32 bytes.
        epoch: the life of the device's journal (a new one begins after every restore).
        first_seq: first operation of that epoch in the pack.
        last_seq: last one; `first_seq - 1` when the pack brings no stretch of it: evidence only, or a selection of
            operations of any devices, each signed by its own.
        prev_pack: SHA-256 of the sealed pack before this one, or None.
        to: id of the headquarters it is meant for.
        recipients: the age keys it is sealed to, sorted.
        operations: how many lines `data/ops.ndjson` has.
        created: when it was sealed, UTC, whole seconds.
        program: name and version of the program that sealed it.
        octets: bytes of all payload files, those that travelled earlier counted.
        files: how many payload files, counted alike.
        schema: what the lines of `data/ops.ndjson` are.
    """

    pack_id: str
    public_key: bytes
    epoch: str
    first_seq: int
    last_seq: int
    prev_pack: str | None
    to: str
    recipients: tuple[str, ...]
    operations: int
    created: datetime
    program: str
    octets: int
    files: int
    schema: str = SCHEMA

    @property
    def device_id(self) -> str:
        """Id of the device that sealed the pack."""
        return device_id(self.public_key)


def render(info: BagInfo) -> bytes:
    """The bytes of `bag-info.txt`.

    Raises:
        ValueError: a value has no spelling in the format (a mistake of the program, not of the person).
    """
    lines = [
        f"Format: {FORMAT}",
        f"Pack-Id: {info.pack_id}",
        f"Device-Id: {info.device_id}",
        f"Device-Key: {base64.b64encode(info.public_key).decode()}",
        f"Epoch: {info.epoch}",
        f"Seq-Range: {info.first_seq}-{info.last_seq}",
        f"Prev-Pack: {info.prev_pack or 'none'}",
        f"Headquarters: {info.to}",
        *(f"Recipient: {recipient}" for recipient in info.recipients),
        f"Schema: {info.schema}",
        f"Operation-Count: {info.operations}",
        f"Created: {info.created.astimezone(UTC).strftime(_TIME)}",
        f"Bag-Software-Agent: {info.program}",
        f"Payload-Oxum: {info.octets}.{info.files}",
    ]
    rendered = "".join(line + "\n" for line in lines)
    if not _TEXT.fullmatch(rendered):
        message = f"bag-info.txt cannot hold these values: {rendered!r}"
        raise ValueError(message)
    return rendered.encode("ascii")


def check_version(data: bytes) -> None:
    """Refuse a pack of another version, by the first line that all versions share.

    Raises:
        Refusal: `packs.newer_format`, or `packs.no_pack_inside` when no version stands there.
    """
    found = _FORMAT_LINE.match(data)
    if not found:
        raise Refusal("packs.no_pack_inside")
    if int(found[1]) > 1:
        raise Refusal("packs.newer_format", version=int(found[1]))


def parse(data: bytes) -> BagInfo:
    """What `bag-info.txt` says.

    Raises:
        Refusal: `packs.newer_format`, `packs.no_pack_inside`, or `packs.altered` when it is not as `render` spells it.
    """
    check_version(data)
    found = _TEXT.fullmatch(data.decode("latin-1"))
    if not found:
        raise Refusal("packs.altered", where=text("the pack's description"))
    if found["schema"] not in SCHEMAS:
        raise Refusal("packs.newer_format", version=found["schema"])
    info = _from_match(found)
    if info is None or render(info) != data:
        raise Refusal("packs.altered", where=text("the pack's description"))
    return info


def _from_match(found: re.Match[str]) -> BagInfo | None:
    """The values, or None when a date does not exist or a range runs backwards."""
    try:
        created = datetime.strptime(found["created"], _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
    recipients = tuple(line.removeprefix("Recipient: ") for line in found["recipients"].splitlines())
    first, last = int(found["first_seq"]), int(found["last_seq"])
    if last < first - 1 or list(recipients) != sorted(set(recipients)):
        return None
    return BagInfo(
        pack_id=found["pack_id"],
        public_key=base64.b64decode(found["public_key"]),
        epoch=found["epoch"],
        first_seq=first,
        last_seq=last,
        prev_pack=None if found["prev_pack"] == "none" else found["prev_pack"],
        to=found["to"],
        recipients=recipients,
        operations=int(found["operations"]),
        created=created,
        program=found["program"],
        octets=int(found["octets"]),
        files=int(found["files"]),
        schema=found["schema"],
    )
