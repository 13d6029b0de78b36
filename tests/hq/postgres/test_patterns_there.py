"""Patterns, transfers and the archive are listed and found at a headquarters on PostgreSQL as anywhere."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import new_uid, ticking_clock
from tests.hq.postgres.test_headquarters_there import PHRASE, database, founded, gemba
from tests.work.spreading import carry, found, later_desk, look, sites, speak, verified

from gemba.domain.effects import EffectResult
from gemba.domain.patterns import Transfer
from gemba.domain.transfer_states import TransferState
from gemba.hq.intake import take_in as hq_take_in
from gemba.store.archive_lists import ARCHIVE
from gemba.store.list_of import Query
from gemba.store.pattern_lists import PATTERNS, TRANSFERS
from gemba.work import follow_action, patterns
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.pattern_from_action import draft_from
from gemba.work.pattern_search import Asked, solved
from gemba.work.send_pack import seal
from gemba.work.take_in import take_in
from gemba.work.training_needs import recurring_causes

__all__ = ["database", "founded", "gemba"]


def test_a_pattern_and_its_transfer_are_told_of_there(founded: Path, tmp_path: Path) -> None:
    laptop = make_desk(tmp_path / "laptop", clock=ticking_clock(), ids=new_uid, demo=True)
    take_in(laptop, founded / "headquarters.card")
    desk, clock = later_desk(laptop)
    speak(desk)
    home, mill, island = sites(desk)
    for place in (home, mill, island):
        finding = found(desk, place)
    origin = verified(desk, finding)
    pattern = patterns.add(desk, draft_from(desk, origin)).uid
    one = carry(desk, pattern, mill)
    with desk.reader() as reader:
        made = reader.get(Transfer, one)
    assert made is not None
    follow_action.done(desk, made.action, "Open since Monday.")
    look(desk, clock, made.action, EffectResult.HOLDS, EffectResult.HOLDS, EffectResult.HOLDS)
    packs = [laptop.store.folder / "outbox" / f"{sent.sha256}.gemba" for sent in seal(laptop)]
    hq = open_desk(founded, clock=ticking_clock(), ids=new_uid, passphrase=PHRASE)
    for pack in packs:
        hq_take_in(hq, pack, tmp_path / "out")
    with hq.reader() as reader:
        (line,) = PATTERNS.first(reader, Query())
        assert (line.carried, line.known, line.holding) == (1, 1, 1)
        for query in (Query(), Query(where={"state": (TransferState.HOLDS.value,)}), Query(sort="place")):
            assert [each.uid for each in TRANSFERS.first(reader, query)] == [one]
        for query in (Query(), Query(search="counter", descending=True), Query(where={"what": ("improvement",)})):
            assert [each.uid for each in ARCHIVE.first(reader, query)] == [origin]
            assert len(ARCHIVE.keys(reader, query)) == 1
    (answer,) = solved(hq, Asked(words="second counter", step="counter"))
    assert answer.track.holds == 1
    (cause,) = recurring_causes(hq)
    assert cause.sources == {"findings": 3}
    for one_desk in (laptop, hq):
        one_desk.store.close()
