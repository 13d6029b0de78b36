"""How things stand at headquarters: who has not been heard of, what is missing, and what waits for a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from gemba.domain.devices import DeviceRole
from gemba.hq import kept_apart, told
from gemba.hq.intake import demand_headquarters
from gemba.hq.set_back import SetBack, set_back
from gemba.packs.identity import fingerprint_words
from gemba.store import conflicts, lacking, laptops, proofs, publications, quarantined, transit
from gemba.store.journal import Gap
from gemba.store.laptops import Stretches
from gemba.store.reading import Reader
from gemba.work.desk import Desk

SILENT = 7
"""Days after which a laptop counts as silent unless somebody says otherwise."""


class Need(StrEnum):
    """What a laptop needs from a person, the most pressing first."""

    FORKED = "forked"
    UNSIGNED = "unsigned"
    """A change came that it did not sign itself, in a pack that it did."""
    SILENT = "silent"
    MISSING = "missing"
    """Changes or files of it have not arrived."""
    QUARANTINED = "quarantined"


class LaptopStatus(msgspec.Struct, frozen=True, kw_only=True):
    """How things stand with one laptop."""

    device: str
    name: str
    words: str
    """The eight words of its key."""
    last_pack_at: datetime | None
    silent_days: int
    """Whole days since its last pack was taken in; while none ever was, since it became known here."""
    packs: int
    operations: int
    gaps: tuple[Gap, ...]
    forks: int
    evidence_missing: tuple[str, ...]
    """SHA-256 of files that its packs named and that have not arrived."""
    quarantined: int
    unsigned: tuple[str, ...]
    """Operations that do not bear its signature though their pack does."""
    erasures_outstanding: int
    publication: int | None
    """The newest publication that it is known to have; `None` when it has not told."""
    revoked: bool
    needs: tuple[Need, ...]

    @property
    def expected(self) -> bool:
        """Whether nothing ever came of it, and nothing had to yet."""
        return self.last_pack_at is None and not self.revoked and Need.SILENT not in self.needs


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """How things stand at headquarters."""

    at: datetime
    silent_after: int
    """Days."""
    laptops: tuple[LaptopStatus, ...]
    """Those that have been silent longest first."""
    packs: int
    operations: int
    conflicts: int
    """Records on which two or more disagree."""
    quarantined: int
    evidence_missing: int
    unproven: int
    """Packs of whose changes the signatures are still to be checked."""
    erasures_outstanding: int
    publication: int | None
    """The newest that was made; `None`: none was."""
    publication_expires_at: datetime | None
    keys_lying_here: tuple[str, ...]
    """Files with secret keys that should lie with their custodians and lie in headquarters' folder still."""
    set_back: SetBack | None
    """Why this store must be an older copy of its headquarters; `None` where nothing says so."""

    @property
    def silent(self) -> int:
        """Laptops that are silent."""
        return sum(Need.SILENT in one.needs for one in self.laptops)

    @property
    def expected(self) -> int:
        """Laptops that have not been heard of yet, and need not have been."""
        return sum(one.expected for one in self.laptops)


def status(desk: Desk, *, silent_after: int = SILENT) -> Status:
    """Look at everything at once.

    Args:
        desk: at headquarters.
        silent_after: days without a pack after which a laptop counts as silent; until its first pack they are
            counted from the moment at which it became known here.

    Raises:
        Refusal: `hq.not_headquarters`.
    """
    demand_headquarters(desk)
    now = desk.clock()
    with desk.reader() as reader:
        lines = _laptops(reader, now, silent_after)
        packs, operations = laptops.totals(reader)
        newest = publications.newest(reader, reader.device.id)
        return Status(
            at=now,
            silent_after=silent_after,
            laptops=tuple(sorted(lines, key=_pressing)),
            packs=packs,
            operations=operations,
            conflicts=conflicts.count(reader),
            quarantined=len(quarantined.all_quarantined(reader)),
            evidence_missing=len(lacking.lacking(reader)),
            unproven=proofs.count(reader),
            erasures_outstanding=sum(line.erasures_outstanding for line in lines),
            publication=newest.version if newest else None,
            publication_expires_at=newest.expires_at if newest else None,
            keys_lying_here=_keys_lying_here(desk),
            set_back=set_back(reader),
        )


Outstanding = Callable[[Reader], dict[str, int]]
"""Tells by device how many erasures it has not carried out."""


def _laptops(reader: Reader, now: datetime, silent_after: int) -> list[LaptopStatus]:
    known = transit.correspondents(reader, DeviceRole.LAPTOP)
    arrived, stretches = laptops.arrived(reader), laptops.stretches(reader)
    waiting: dict[str, int] = {}
    for one in quarantined.all_quarantined(reader):
        waiting[one.device] = waiting.get(one.device, 0) + 1
    lacks: dict[str, list[str]] = {}
    for missing in lacking.lacking(reader):
        lacks.setdefault(missing.device, []).append(missing.sha256)
    unsigned: dict[str, list[str]] = {}
    for doubtful in proofs.unsigned(reader):
        unsigned.setdefault(doubtful.device, []).append(str(doubtful.operation))
    outstanding, have = told.erasures_outstanding(reader), told.publications_known(reader)
    found = []
    for laptop in known:
        came, here = arrived.get(laptop.id), stretches.get(laptop.id, Stretches(0, (), 0))
        heard = laptop.trusted_since if came is None else came.last
        silent = max(0, (now - heard) // timedelta(days=1))
        lines = tuple(lacks.get(laptop.id, ()))
        found.append(
            LaptopStatus(
                device=laptop.id,
                name=laptop.name,
                words=" ".join(fingerprint_words(laptop.public_key)),
                last_pack_at=came.last if came else None,
                silent_days=silent,
                packs=came.packs if came else 0,
                operations=here.operations,
                gaps=here.gaps,
                forks=here.forks,
                evidence_missing=lines,
                quarantined=waiting.get(laptop.id, 0),
                unsigned=tuple(unsigned.get(laptop.id, ())),
                erasures_outstanding=outstanding.get(laptop.id, 0),
                publication=have.get(laptop.id),
                revoked=laptop.revoked is not None,
                needs=_needs(
                    {
                        Need.FORKED: here.forks > 0,
                        Need.UNSIGNED: laptop.id in unsigned,
                        Need.SILENT: laptop.revoked is None and silent >= silent_after,
                        Need.MISSING: bool(here.gaps or lines),
                        Need.QUARANTINED: laptop.id in waiting,
                    }
                ),
            )
        )
    return found


def _needs(told: dict[Need, bool]) -> tuple[Need, ...]:
    return tuple(need for need in Need if told[need])


def _pressing(line: LaptopStatus) -> tuple[bool, int, str]:
    """Revoked ones last; else the longest silent first."""
    return line.revoked, -line.silent_days, line.name.casefold()


def _keys_lying_here(desk: Desk) -> tuple[str, ...]:
    """Files with secret keys in headquarters' own folder."""
    files = kept_apart.beside(desk.store.folder).files
    return tuple(str(file) for file in files if file.is_file())
