"""What one branch learned reaches every laptop, with what proves it; what becomes of it elsewhere comes back."""

from __future__ import annotations

from pathlib import Path

from tests.hq.test_escalations_travel import sent
from tests.work.spreading import carry, found, later_desk, look, sites, speak, verified

from gemba.domain.effects import EffectResult
from gemba.domain.patterns import Transfer
from gemba.domain.transfer_states import TransferState
from gemba.hq import intake
from gemba.hq.publishing import publish
from gemba.store.checking import check
from gemba.work import follow_action, patterns
from gemba.work.cards import write_card
from gemba.work.desk import Desk
from gemba.work.pattern_facts import pattern_facts
from gemba.work.pattern_from_action import draft_from
from gemba.work.pattern_search import Asked, solved
from gemba.work.places import add_place
from gemba.work.take_in import take_in


def test_a_pattern_of_one_laptop_is_found_on_another_and_its_transfer_comes_home(
    laptop: Desk, another_laptop: Desk, hq: Desk, tmp_path: Path
) -> None:
    first, clock = later_desk(laptop)
    second, _ = later_desk(another_laptop)
    speak(first)
    home, *_ = sites(first)
    action = verified(first, found(first, home))
    look(first, clock, action, EffectResult.HOLDS)
    pattern = patterns.add(first, draft_from(first, action)).uid
    for one in (first, second):
        intake.enrol(hq, write_card(one, tmp_path / one.store.device.id).file)
        sent(one, hq, tmp_path / "receipts")
    take_in(second, publish(hq, tmp_path / "down").file)
    (answer,) = solved(second, Asked(words="counter eleven"))
    assert answer.pattern.uid == pattern
    assert answer.warning == ""

    kiosk = add_place(second, "Kiosk").uid
    there = carry(second, pattern, kiosk)
    with second.reader() as reader:
        made = reader.get(Transfer, there)
    assert made is not None
    follow_action.done(second, made.action, "Open since Monday.")
    sent(second, hq, tmp_path / "receipts")
    with hq.reader() as reader:
        assert [one.state for one in pattern_facts(reader, pattern).carried] == [TransferState.LIVE]
    take_in(first, publish(hq, tmp_path / "down").file)
    for one in (laptop, another_laptop, hq):
        assert check(one.store) == []
