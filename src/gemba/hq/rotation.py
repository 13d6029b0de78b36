"""Rotate headquarters' keys: the next one comes into use, a new next one is made, old ones open old packs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from gemba.domain.change import Change
from gemba.errors import Refusal
from gemba.hq import kept_apart
from gemba.hq.founding import add_key, begin_root, make_keys, name_of
from gemba.hq.intake import demand_headquarters
from gemba.hq.kept_apart import KeptApart
from gemba.packs.identity import make_age_identity
from gemba.packs.publication_root import ROOT_KEYS, first_root, make_root_key, next_root
from gemba.store import key_ring, publications
from gemba.store.key_ring import Use
from gemba.wording import plural, text
from gemba.work.cards import write_card
from gemba.work.desk import Desk


class Rotated(msgspec.Struct, frozen=True):
    """Headquarters' keys as they are now."""

    current: str
    next: str
    past: tuple[str, ...]
    """Recipients of old keys that still open old packs."""
    forgotten: tuple[str, ...]
    """Recipients of old keys that were destroyed just now."""
    card: Path
    words: str
    change: Change = Change(topics=frozenset({"key"}))


def rotate(desk: Desk) -> Rotated:
    """Put the next key to use and make a new next one; laptops learn it by the next publication.

    Raises:
        Refusal: `hq.not_headquarters`, `hq.no_keys_yet`.
        Trouble: the card cannot be written.
    """
    demand_headquarters(desk)
    with desk.unit() as unit:
        by_use = {key.use: key for key in key_ring.keys(unit, Use.CURRENT, Use.NEXT)}
        if set(by_use) != {Use.CURRENT, Use.NEXT}:
            raise Refusal("hq.no_keys_yet")
        key_ring.put_to_use(unit, by_use[Use.CURRENT].recipient, Use.PAST, retired_at=unit.clock())
        key_ring.put_to_use(unit, by_use[Use.NEXT].recipient, Use.CURRENT)
        add_key(unit, Use.NEXT)
    words = text(
        "The next key is in use now, and a new next one was made. Publish, so that laptops learn it "
        "(gemba hq publish); the card in {folder} names the new keys, too.",
        folder=desk.store.folder,
    )
    return _rotated(desk, (), words)


def forget(desk: Desk, before: datetime) -> Rotated:
    """Destroy the old keys that were retired before a moment: packs that only they open are unreadable for good.

    Raises:
        Refusal: `hq.not_headquarters`.
    """
    demand_headquarters(desk)
    with desk.unit() as unit:
        old = [
            key.recipient
            for key in key_ring.keys(unit, Use.PAST)
            if key.secret and key.retired_at is not None and key.retired_at < before
        ]
        for recipient in old:
            key_ring.destroy(unit, recipient)
    words = plural(
        "{n} old key was destroyed. Packs sealed to it alone are unreadable for good; what was taken in stays.",
        "{n} old keys were destroyed. Packs sealed to them alone are unreadable for good; what was taken in stays.",
        len(old),
    )
    return _rotated(desk, tuple(old), words)


def replace_roots(desk: Desk, old: Path, new: Path) -> Rotated:
    """Make three new root keys in place of the old ones, of which two are needed once more.

    Args:
        desk: headquarters.
        old: folder with at least two of the root keys until now.
        new: folder that the new ones are written to.

    Raises:
        Refusal: `packs.too_few_root_keys`, `hq.cannot_publish`, `hq.key_file_there`, `hq.not_headquarters`.
        Trouble: a file cannot be read or written.
    """
    demand_headquarters(desk)
    apart = KeptApart(kept_apart.beside(desk.store.folder).recovery_key, new)
    kept_apart.demand_free(apart, roots_only=True)
    known, fresh = kept_apart.read_roots(old), [make_root_key() for _ in range(ROOT_KEYS)]
    own = desk.store.device
    with desk.reader() as reader:
        before = publications.trusted(reader, own.id, publications.ROOT)
    if before is None:
        raise Refusal("hq.cannot_publish")
    root = next_root(before.body, known, own.public_key, desk.clock(), fresh)
    kept_apart.write_roots(apart, name_of(desk), fresh)
    with desk.unit() as unit:
        written = [*(unit.setting(kept_apart.FILES) or ()), *(str(file.resolve()) for file in apart.files[1:])]
        unit.set_setting(kept_apart.FILES, list(dict.fromkeys(written)))
        begin_root(unit, before.version + 1, root)
    words = text(
        "There are three new root keys in {folder}; let custodians take them away and destroy the old papers. Publish, "
        "so that laptops learn it (gemba hq publish).",
        folder=new,
    )
    return _rotated(desk, (), words)


def equip(desk: Desk, apart: KeptApart | None = None) -> Rotated:
    """Give a headquarters that was founded before there were publications its keys and its root.

    Raises:
        Refusal: `hq.has_keys`, `hq.not_headquarters`, `hq.key_file_there`.
        Trouble: a folder cannot be written.
    """
    demand_headquarters(desk)
    apart = apart or kept_apart.beside(desk.store.folder)
    kept_apart.demand_free(apart)
    recovery, roots = make_age_identity(), [make_root_key() for _ in range(ROOT_KEYS)]
    with desk.reader() as reader:
        if key_ring.keys(reader) or publications.trusted(reader, desk.store.device.id, publications.ROOT) is not None:
            raise Refusal("hq.has_keys")
    kept_apart.write(apart, name_of(desk), recovery, roots)
    with desk.unit() as unit:
        unit.set_setting(kept_apart.FILES, [str(file.resolve()) for file in apart.files])
        make_keys(unit, recovery)
        begin_root(unit, 1, first_root(roots, desk.store.device.public_key, desk.clock()))
    words = text(
        "Headquarters has its keys now. Give the new card in {folder} to every laptop, and let custodians take the "
        "recovery key and the root keys away.",
        folder=desk.store.folder,
    )
    return _rotated(desk, (), words)


def _rotated(desk: Desk, forgotten: tuple[str, ...], words: str) -> Rotated:
    card = write_card(desk, desk.store.folder, name_of(desk)).file
    with desk.reader() as reader:
        kept = key_ring.keys(reader)
    by_use = {key.use: key.recipient for key in kept}
    past = tuple(key.recipient for key in kept if key.use is Use.PAST and key.secret)
    return Rotated(by_use.get(Use.CURRENT, ""), by_use.get(Use.NEXT, ""), past, forgotten, card, words)
