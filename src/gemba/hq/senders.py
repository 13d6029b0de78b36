"""Whose packs headquarters takes in: known laptops, new ones by its rule, revoked ones as far as they are believed."""

from __future__ import annotations

import errno
import shutil
from enum import StrEnum
from pathlib import Path
from typing import Never

import msgspec

from gemba.domain.devices import DeviceRole
from gemba.errors import Refusal, Trouble
from gemba.hq.founding import PREDECESSORS, SENDERS, Senders
from gemba.hq.key_ring import ours
from gemba.packs.facts import PackFacts
from gemba.packs.identity import device_id, fingerprint_words
from gemba.store import quarantined, transit
from gemba.store.quarantined import Quarantined, Why
from gemba.store.reading import Reader
from gemba.store.transit import Correspondent
from gemba.store.unit import Unit
from gemba.work.desk import Desk

QUARANTINE = "quarantine"


class Standing(StrEnum):
    """How headquarters stands to the sender of a pack."""

    KNOWN = "known"
    NEW = "new"
    REFUSED = "refused"


class Admission(msgspec.Struct, frozen=True):
    """Whether a pack is taken in."""

    standing: Standing
    words: str
    """The eight words of the sender's key."""
    why: Why | None = None
    """Why it is refused."""

    @property
    def enrolled(self) -> str:
        """The words of a laptop that was just let in for the first time; else empty."""
        return self.words if self.standing is Standing.NEW else ""


def admit(desk: Desk, facts: PackFacts) -> Admission:
    """Whether a sender is let in by the rule of this headquarters; `note` notes it together with what its pack brings.

    A pack that a person has let out of quarantine is admitted, whoever sealed it. A pack that goes beyond what is
    taken in of a revoked device is refused as a whole.
    """
    words = " ".join(fingerprint_words(facts.public_key))
    with desk.reader() as reader:
        known = _known(reader, facts.device_id)
        rule = Senders(reader.setting(SENDERS) or Senders.ENROLLED)
        kept = quarantined.find(reader, facts.sha256)
    released = kept is not None and kept.is_released
    if known is None and rule is Senders.ENROLLED and not released:
        return Admission(Standing.REFUSED, words, Why.UNKNOWN)
    if known is not None and known.revoked is not None and not released and _is_beyond(facts, known):
        return Admission(Standing.REFUSED, words, Why.REVOKED)
    return Admission(Standing.NEW if known is None else Standing.KNOWN, words)


def check_addressee(desk: Desk, facts: PackFacts) -> None:
    """Demand that a pack is meant for this headquarters, or for one in whose place it has come.

    Raises:
        Refusal: `packs.meant_for_other`.
    """
    with desk.reader() as reader:
        ours_before = reader.setting(PREDECESSORS) or ()
    if facts.to not in {desk.store.device.id, *ours_before}:
        raise Refusal("packs.meant_for_other", to=facts.to)


def refuse(desk: Desk, file: Path, facts: PackFacts, admission: Admission) -> Never:
    """Put a pack into quarantine and say so.

    Raises:
        Refusal: `hq.unknown_sender`, `hq.revoked_sender`.
        Trouble: the quarantine cannot be written.
    """
    why = admission.why or Why.UNKNOWN
    kept = keep_in_quarantine(desk, file, facts, why)
    code = "hq.revoked_sender" if why is Why.REVOKED else "hq.unknown_sender"
    raise Refusal(code, fingerprint=admission.words, file=str(kept))


def keep_in_quarantine(desk: Desk, file: Path, facts: PackFacts, why: Why, *, note_sender: bool = False) -> Path:
    """Keep a pack that is not believed, until a person decides; where it lies.

    Args:
        desk: headquarters.
        file: the pack.
        facts: what it says of itself.
        why: it is not believed.
        note_sender: its sender was let in; somebody else's changes in it are what is not believed.

    Raises:
        Trouble: `work.disk_full`, `work.cannot_write`.
    """
    target = desk.store.folder / QUARANTINE / f"{facts.sha256}.gemba"
    if not target.exists():
        _copy(file, target)
    words = " ".join(fingerprint_words(facts.public_key))
    with desk.unit() as unit:
        if note_sender:
            note(desk, unit, facts)
        quarantined.add(
            unit,
            Quarantined(sha256=facts.sha256, device=facts.device_id, words=words, why=why, arrived_at=desk.clock()),
        )
    return target


def _copy(file: Path, target: Path) -> None:
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(file, part)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
        raise Trouble("work.disk_full" if full else "work.cannot_write", file=str(target)) from error


def _known(reader: Reader, device: str) -> Correspondent | None:
    return next((one for one in transit.correspondents(reader) if one.id == device), None)


def _is_beyond(facts: PackFacts, sender: Correspondent) -> bool:
    """True when a pack holds anything that came after a device was revoked, or may hold it."""
    last = (sender.revoked_after or {}).get(facts.epoch, 0)
    return facts.last_seq < facts.first_seq or facts.last_seq > last


def note(desk: Desk, unit: Unit, facts: PackFacts) -> None:
    """Note a sender that was let in, if it is new, and the key that publications are sealed to.

    It is done in the transaction that takes its pack in: of whom nothing was taken in, nothing is known.

    A pack names the keys that it is sealed to, under the signature of its device. The only one that is not
    headquarters' is the laptop's own.
    """
    known = _known(unit, facts.device_id)
    others = [one for one in facts.recipients if one not in ours(desk)]
    own = tuple(others) if len(others) == 1 else ()
    if known is not None and (known.recipients == own or not own):
        return
    if known is not None:
        noted = msgspec.structs.replace(known, recipients=own)
    else:
        noted = Correspondent(
            id=device_id(facts.public_key),
            role=DeviceRole.LAPTOP,
            name=" ".join(fingerprint_words(facts.public_key)),
            public_key=facts.public_key,
            recipients=own,
            trusted_since=desk.clock(),
        )
    transit.trust(unit, noted)
