"""Share assessments, audits and calibration sessions with another laptop, or with headquarters, whole.

What would tell one of two auditors what the other judged stays here until both have handed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from gemba.domain.change import Change
from gemba.domain.devices import DeviceRole
from gemba.domain.record import Uid
from gemba.errors import Refusal, Trouble
from gemba.store import selections
from gemba.store.reading import Reader
from gemba.store.transit import Correspondent
from gemba.wording import plural, text
from gemba.work.audit_parts import cases, criteria, roots
from gemba.work.blind_parts import withheld
from gemba.work.calibration_blind import ratings_withheld
from gemba.work.desk import Desk
from gemba.work.enrolment import read_card_file
from gemba.work.laptop_named import laptop_named
from gemba.work.seal_selection import Selection, seal_selection
from gemba.work.send_pack import headquarters_of

SHARED = "shared"
"""Setting: SHA-256 of packs that were shared; a receipt for one of them is for this store."""
HEADQUARTERS = "headquarters"
"""What a person says to share with headquarters."""
_REMEMBERED = 1000


class SharedPack(msgspec.Struct, frozen=True):
    """A pack for another device."""

    file: Path
    sha256: str
    to: str
    """Id of the device that it is for."""
    name: str
    operations: int
    blobs: int
    words: str
    change: Change = Change(topics=frozenset({"pack"}))


def share(
    desk: Desk,
    assessments: Sequence[Uid],
    whom: str,
    out: Path,
    *,
    audits: Sequence[Uid] = (),
    sessions: Sequence[Uid] = (),
) -> SharedPack:
    """Seal records and all that belongs to them for another device.

    Args:
        desk: who shares.
        assessments: their uids.
        audits: uids of alignment audits: their samples, the drawn decisions and the goals these are judged against go
            along.
        sessions: uids of calibration sessions.
        whom: a card's file, an enrolled laptop's id or name, or `headquarters`.
        out: folder or stick that the pack is written to.

    Raises:
        Refusal: the other device is not enrolled here, was revoked, or its key is not known.
        Trouble: the folder is gone, full or read-only.
    """
    if not out.is_dir():
        raise Trouble("carriers.gone", folder=str(out))
    with desk.reader() as reader:
        other = _other(reader, whom)
        asked = {("assessment", uid) for uid in assessments} | {("calibration_session", uid) for uid in sessions}
        belonging = selections.with_belonging(reader, asked | roots(reader, audits)) | criteria(reader, audits)
        belonging |= cases(reader, sessions)
        if other.role != DeviceRole.HEADQUARTERS:
            belonging -= withheld(reader) | ratings_withheld(reader, desk.person.uid)
        subjects = frozenset(selections.with_named(reader, belonging))
        sealed = seal_selection(
            desk,
            reader,
            Selection(subjects=subjects, shown=subjects),
            to=other.id,
            recipients=other.recipients,
            out_dir=out,
        )
    if sealed is None:
        raise Refusal("work.nothing_to_share")
    if other.role == DeviceRole.HEADQUARTERS:
        with desk.unit() as unit:
            known = [*(unit.setting(SHARED) or ()), sealed.sha256]
            unit.set_setting(SHARED, list(dict.fromkeys(known))[-_REMEMBERED:])
    words = plural("Sealed {n} change", "Sealed {n} changes", sealed.operations) + " "
    words += plural("and {n} file", "and {n} files", sealed.blobs) + " "
    words += text("for {name} into {file}.", name=other.name, file=sealed.path)
    return SharedPack(sealed.path, sealed.sha256, other.id, other.name, sealed.operations, sealed.blobs, words)


def _other(reader: Reader, whom: str) -> Correspondent:
    if whom == HEADQUARTERS:
        return headquarters_of(reader)
    if whom.endswith(".card"):
        whom = read_card_file(Path(whom)).id
    other = laptop_named(reader, whom)
    if other.revoked is not None:
        raise Refusal("work.share_with_revoked", name=other.name)
    if not other.recipients:
        raise Refusal("work.share_without_key", name=other.name)
    return other
