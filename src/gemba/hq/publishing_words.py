"""The files of a publication that are no packs: what headquarters says of itself, of devices, and to each laptop."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from gemba.domain.devices import DeviceRole
from gemba.hq import audience
from gemba.hq.founding import name_of
from gemba.packs import publication_words as words
from gemba.packs.publication import DEVICES, HELD, STATEMENT, Target, for_laptop
from gemba.store import key_ring, lacking, publications, transit
from gemba.store import laptops as arrived
from gemba.store.laptops import Stretches
from gemba.store.reading import Reader
from gemba.store.transit import Correspondent
from gemba.work.desk import Desk
from gemba.work.keep_file import write_file

RECEIPTS_LAST = timedelta(days=180)
"""How long a receipt is published; the last one of each laptop always is."""


def targets(
    desk: Desk,
    reader: Reader,
    key: str,
    laptops: Collection[Correspondent],
    listed: Collection[Target],
    folder: Path,
) -> list[Target]:
    """The files, written into `folder`; those that say what they said before are the same as before.

    Args:
        desk: headquarters.
        reader: sees what is said.
        key: the audience's age key.
        laptops: whom something is said to.
        listed: the files of the publication before.
        folder: where files lie under their hashes.
    """
    before = {one.name: one for one in listed}
    said: list[tuple[str, bytes, tuple[str, ...]]] = [(STATEMENT, words.write(_statement(desk, reader)), ())]
    said.append((DEVICES, words.write(_devices(reader)), (key,)))
    here = arrived.stretches(reader)
    said.append((HELD, words.write(held_of_all(reader, here)), (key,)))
    said += [
        (for_laptop(one.id), words.write(letter), (one.recipients[0],))
        for one, letter in _letters(reader, laptops, here)
    ]
    return [_target(desk, name, data, recipients, before.get(name), folder) for name, data, recipients in said]


def sha256_of(data: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def _target(
    desk: Desk, name: str, data: bytes, recipients: Sequence[str], before: Target | None, folder: Path
) -> Target:
    """A file as it is published; what is sealed is sealed anew only when it says something else, or to others."""
    if not recipients:
        content = data
        said = {}
    else:
        mark = _mark(desk, data, recipients)
        if before is not None and before.said.get("of") == mark and (folder / before.sha256).is_file():
            return before
        content, said = words.seal(data, recipients), {"of": mark}
    sha256 = sha256_of(content)
    if not (folder / sha256).is_file():
        write_file(folder / sha256, content)
    return Target(name, sha256, len(content), said)


def _mark(desk: Desk, data: bytes, recipients: Sequence[str]) -> str:
    """Tells headquarters, and nobody else, whether a sealed file says the same."""
    message = " ".join(recipients).encode() + b"\0" + data
    return hmac.new(desk.store.device.identity.encode(), message, "sha256").hexdigest()


def _statement(desk: Desk, reader: Reader) -> words.Statement:
    known = transit.correspondents(reader, DeviceRole.LAPTOP)
    return words.Statement(
        name=name_of(desk),
        public_key=words.spell_key(desk.store.device.public_key),
        recipients=key_ring.recipients(reader),
        root=max(publications.roots(reader, desk.store.device.id)),
        revoked={one.id: one.revoked_after or {} for one in known if one.revoked is not None},
        before=tuple(
            words.spell_key(one.public_key) for one in transit.correspondents(reader, DeviceRole.HEADQUARTERS)
        ),
    )


def _devices(reader: Reader) -> words.Devices:
    """All laptops that were enrolled by comparing words; revoked ones, too: what they wrote earlier still counts."""
    known = transit.correspondents(reader, DeviceRole.LAPTOP)
    return words.Devices(
        devices=tuple(
            words.Certified(
                name=one.name,
                public_key=words.spell_key(one.public_key),
                recipient=" ".join(one.recipients[:1]),
                certified_at=f"{one.certified_at:%Y-%m-%dT%H:%M:%SZ}",
            )
            for one in known
            if one.certified_at is not None
        )
    )


def held_of_all(reader: Reader, here: Mapping[str, Stretches]) -> words.HeldOfAll:
    """How much of whose journal is here, and which files that packs named are not.

    Args:
        reader: headquarters.
        here: of each device, as `gemba.store.laptops.stretches` tells.
    """
    return words.HeldOfAll(
        journals={device: dict(one.whole) for device, one in here.items() if one.whole},
        lacking=tuple(sorted({one.sha256 for one in lacking.lacking(reader)})),
    )


def _letters(
    reader: Reader, laptops: Collection[Correspondent], here: Mapping[str, Stretches]
) -> Iterator[tuple[Correspondent, words.ForLaptop]]:
    secrets = audience.secrets(reader)
    receipts = publications.receipts(reader, reader.clock() - RECEIPTS_LAST)
    for one in laptops:
        gaps = here[one.id].gaps if one.id in here else ()
        yield (
            one,
            words.ForLaptop(
                audience=secrets,
                receipts=tuple(receipt.decode() for receipt in receipts.get(one.id, ())),
                resend=tuple((gap.epoch, gap.first_seq, gap.last_seq) for gap in gaps),
            ),
        )
