"""Take a publication of headquarters in: keys, revocations, receipts, questions, and what headquarters recorded.

All is checked before anything is believed. What headquarters says of keys and receipts is one transaction; then each
pack is one. Whoever is killed in between takes it in once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from gemba.domain.change import Change
from gemba.domain.devices import DeviceRole
from gemba.errors import Refusal
from gemba.packs import publication, publication_words
from gemba.packs.facts import PackFacts
from gemba.packs.identity import device_id
from gemba.packs.opening import open_pack
from gemba.packs.publication import DEVICES, FOR_ALL, HELD, STATEMENT, Target, for_laptop
from gemba.packs.publication_checking import Checked, Known, check
from gemba.packs.publication_reading import Opened, open_publication
from gemba.packs.publication_words import Devices, ForLaptop, HeldOfAll, Statement
from gemba.store import held_of_others, publications, transit
from gemba.store.held_of_others import HeldOfOthers
from gemba.store.publications import Publication
from gemba.wording import plural, text
from gemba.work import published_words
from gemba.work.desk import Desk
from gemba.work.take_in_pack import merge_pack, noted
from gemba.work.trusting import trusted_keys

_ROLES = ("timestamp", "snapshot", "targets")


class TakenPublication(msgspec.Struct, frozen=True, kw_only=True):
    """What a publication brought."""

    version: int
    new: bool
    """False when it was taken in before."""
    packs: int
    operations: int
    """New ones."""
    held: int
    """Walks that other laptops brought here and of which this publication says that headquarters holds them."""
    asked_again: int
    """Changes of this laptop that headquarters asks for again and that no pack has brought since."""
    expired: bool
    revoked: bool
    """Headquarters has revoked this very laptop."""
    words: str
    change: Change = Change(topics=frozenset({"pack", "publication"}))


class _Brought(msgspec.Struct, frozen=True):
    """What came of a publication."""

    packs: int = 0
    operations: int = 0
    held: int = 0


class _Said(msgspec.Struct, frozen=True):
    """The words of a publication, each compared with its list."""

    statement: Statement
    devices: Devices
    letter: ForLaptop
    held: HeldOfAll | None
    """`None` in publications of before there was such a file, and for whom the audience's key is not."""
    packs: tuple[Target, ...]


def take_in_publication(desk: Desk, path: Path) -> TakenPublication:
    """Take a publication in, a file or a folder; the same one twice changes nothing.

    One that has expired is taken in, and that is told: nothing that a laptop does waits for headquarters.

    Raises:
        Refusal: `work.no_headquarters`, `work.no_root` when its card is not known here, `packs.publication_of_other`,
            `packs.old_publication`, `packs.earlier_publication`, `packs.forged_publication`,
            `packs.publication_incomplete`.
        Trouble: it cannot be read, or the disk is full.
    """
    headquarters, known, newest = _known(desk)
    with open_publication(path) as opened:
        checked = check(opened, known)
        if (
            newest is not None
            and newest.taken_at is not None
            and newest.version == checked.version
            and (not checked.is_other)
        ):
            return _told(desk, checked, _Brought(), new=False)
        said = _read(desk, opened, checked)
        if publication_words.read_key(said.statement.public_key) != checked.publisher:
            raise Refusal("packs.forged_publication")
        if said.statement.root != checked.root_version:
            name = publication.root_name(said.statement.root)
            raise Refusal("packs.publication_incomplete", file=path.name, name=name)
        _believe(desk, headquarters, checked, said)
        brought = [_merge(desk, opened, target, said.letter.audience, checked) for target in said.packs]
    own = device_id(checked.publisher)
    with desk.unit() as unit:
        held = 0 if said.held is None else held_of_others.take(unit, _of_others(said.held))
        publications.note(unit, _noted(desk, own, checked, done=True))
    added = [one for one in brought if one is not None]
    return _told(desk, checked, _Brought(len(added), sum(added), held), new=True)


def _of_others(said: HeldOfAll) -> HeldOfOthers:
    return HeldOfOthers(journals=said.journals, lacking=said.lacking)


def _known(desk: Desk) -> tuple[str, Known, Publication | None]:
    """The headquarters of this laptop, what is believed of it, and its last publication."""
    with desk.reader() as reader:
        ours = [one for one in transit.correspondents(reader, DeviceRole.HEADQUARTERS) if one.revoked is None]
        if not ours:
            raise Refusal("work.no_headquarters")
        own = ours[-1].id
        root = publications.trusted(reader, own, publications.ROOT)
        if root is None:
            raise Refusal("work.no_root", name=ours[-1].name)
        believed = {role: publications.trusted(reader, own, role) for role in _ROLES}
        timestamp = believed["timestamp"]
        known = Known(
            root=root.body,
            timestamp=timestamp.body if timestamp is not None else b"",
            versions={role: one.version for role, one in believed.items() if one is not None},
        )
        return own, known, publications.newest(reader, own)


def _read(desk: Desk, opened: Opened, checked: Checked) -> _Said:
    """What a publication says to this laptop; everything is compared with the lists before any of it is used.

    Raises:
        Refusal: `packs.publication_incomplete`, `packs.forged_publication`.
    """
    own = desk.store.device
    statement = checked.targets.get(STATEMENT)
    if statement is None:
        raise Refusal("packs.forged_publication")
    said = publication_words.read(Statement, opened.content(statement))
    letter, devices, held = ForLaptop(), Devices(), None
    if (target := checked.targets.get(for_laptop(own.id))) is not None:
        data = publication_words.unseal(opened.content(target), [own.identity])
        letter = letter if data is None else publication_words.read(ForLaptop, data)
    if letter.audience and (target := checked.targets.get(DEVICES)) is not None:
        data = publication_words.unseal(opened.content(target), letter.audience)
        devices = devices if data is None else publication_words.read(Devices, data)
    if letter.audience and (target := checked.targets.get(HELD)) is not None:
        data = publication_words.unseal(opened.content(target), letter.audience)
        held = None if data is None else publication_words.read(HeldOfAll, data)
    with desk.reader() as reader:
        packs = tuple(
            one
            for one in checked.targets.values()
            if one.said.get("for") in ({FOR_ALL, own.id} if letter.audience else {own.id})
            and transit.taken_in(reader, one.sha256) is None
        )
    for pack in packs:
        opened.check(pack)
    return _Said(said, devices, letter, held, packs)


def _believe(desk: Desk, headquarters: str, checked: Checked, said: _Said) -> None:
    """Take over keys, revocations, receipts and questions, in one transaction."""
    own = device_id(checked.publisher)
    with desk.unit() as unit:
        if checked.is_other:
            published_words.change_headquarters(unit, headquarters)
        publications.believe(unit, own, publications.ROOT, checked.root_version, checked.root)
        publications.believe(unit, own, "timestamp", checked.version, checked.timestamp)
        for role in ("snapshot", "targets"):
            publications.believe(unit, own, role, checked.version, b"")
        published_words.take_keys(unit, said.statement)
        published_words.take_devices(unit, said.devices)
        published_words.take_revocations(unit, said.statement)
        published_words.take_letter(unit, said.letter)
        publications.note(unit, _noted(desk, own, checked, done=False))


def _noted(desk: Desk, own: str, checked: Checked, *, done: bool) -> Publication:
    return Publication(
        version=checked.version,
        headquarters=own,
        made_at=checked.made,
        expires_at=checked.expires,
        sha256=checked.timestamp_sha256,
        taken_at=desk.clock() if done else None,
    )


def _merge(desk: Desk, opened: Opened, target: Target, audience: Sequence[str], checked: Checked) -> int | None:
    """Merge a pack of the publication; how many new operations it brought, `None` when it is not for this laptop."""
    scratch = desk.store.folder / "inbox"
    scratch.mkdir(exist_ok=True)
    copy = scratch / f"{target.sha256}.gemba"
    opened.copy(target, copy)
    try:
        with open_pack(copy, [desk.store.device.identity, *audience], scratch=scratch) as pack:
            _demand_publisher(pack.facts, checked)
            with desk.reader() as reader:
                trusted = trusted_keys(reader)
            absorbed = merge_pack(desk, pack, trusted)
            with desk.unit() as unit:
                transit.claim(unit, noted(pack.facts, desk.clock()))
            return absorbed.merged.added
    except Refusal as refusal:
        if refusal.code == "packs.not_for_us":
            return None
        raise
    finally:
        copy.unlink(missing_ok=True)


def _demand_publisher(facts: PackFacts, checked: Checked) -> None:
    if facts.public_key != checked.publisher:
        raise Refusal("packs.forged_publication")


def _told(desk: Desk, checked: Checked, brought: _Brought, *, new: bool) -> TakenPublication:
    expired = checked.expires < desk.clock()
    with desk.reader() as reader:
        revoked = bool(reader.setting(published_words.REVOKED))
        asked = publications.asked_again(reader)
    if new:
        words = text("Took in publication {number} of headquarters", number=checked.version)
        words += plural(" with {n} new change.", " with {n} new changes.", brought.operations)
    else:
        words = text("Publication {number} of headquarters was taken in before.", number=checked.version)
    if brought.held:
        words += "\n" + plural(
            "Headquarters holds {n} walk that another laptop brought here.",
            "Headquarters holds {n} walks that other laptops brought here.",
            brought.held,
        )
    if asked:
        words += "\n" + plural(
            "Headquarters asks again for {n} change of this laptop, which it does not have; seal and send a pack.",
            "Headquarters asks again for {n} changes of this laptop, which it does not have; seal and send a pack.",
            asked,
        )
    if checked.is_other:
        words += "\n" + text(
            "Headquarters has a new key, vouched for by its root keys; everything is sent to it once more."
        )
    if expired:
        words += "\n" + text(
            "It was to be replaced by {date}; ask headquarters for a newer one. Everything goes on as before.",
            date=f"{checked.expires:%Y-%m-%d}",
        )
    if revoked:
        words += "\n" + text(
            "Headquarters has revoked this laptop: what is recorded on it from now on waits there for a person."
        )
    return TakenPublication(
        version=checked.version,
        new=new,
        packs=brought.packs,
        operations=brought.operations,
        held=brought.held,
        asked_again=asked,
        expired=expired,
        revoked=revoked,
        words=words,
    )
