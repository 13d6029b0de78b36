"""A laptop that carried an erasure out says so, though it has nothing else to send, until headquarters has heard it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.hq.conftest import sealed

from gemba.domain.actions import Action
from gemba.domain.findings import Finding
from gemba.errors import Refusal
from gemba.hq import intake, told
from gemba.hq.publishing import publish
from gemba.work import laptop_told
from gemba.work.cards import write_card
from gemba.work.desk import Desk
from gemba.work.erase import erase
from gemba.work.places import add_place
from gemba.work.send_pack import seal
from gemba.work.take_in import take_in


@pytest.fixture
def erased(laptop: Desk, hq: Desk, pack: Path, tmp_path: Path) -> Desk:
    """The laptop; headquarters holds all of it, and its erasure was carried out."""
    folder = tmp_path / "card"
    folder.mkdir()
    intake.enrol(hq, write_card(laptop, folder).file)
    take_in(laptop, intake.take_in(hq, pack, tmp_path).receipt)
    erase_one(hq)
    take_in(laptop, publish(hq, tmp_path / "down").file)
    return laptop


def erase_one(hq: Desk) -> None:
    with hq.reader() as reader:
        [finding] = reader.find(Finding)
    erase(hq, "finding", finding.uid, "asked for")


def outstanding(hq: Desk) -> int:
    with hq.reader() as reader:
        [number] = told.erasures_outstanding(reader).values()
    return number


def test_an_erasure_is_told_by_a_pack_of_its_own(erased: Desk, hq: Desk, tmp_path: Path) -> None:
    assert outstanding(hq) == 1
    [file] = sealed(erased)
    taken = intake.take_in(hq, file, tmp_path)
    assert outstanding(hq) == 0
    [again] = sealed(erased)
    assert again == file, "nobody has signed for it yet, so it is given again"
    take_in(erased, taken.receipt)
    with pytest.raises(Refusal, match=r"work\.nothing_to_send"):
        seal(erased)


def test_a_receipt_for_something_else_is_no_sign_that_it_was_heard(erased: Desk, hq: Desk, tmp_path: Path) -> None:
    [lost] = sealed(erased)
    add_place(erased, "Market branch")
    [other] = [file for file in sealed(erased) if file != lost]
    with erased.reader() as reader:
        assert laptop_told.is_untold(reader)
    take_in(erased, intake.take_in(hq, other, tmp_path).receipt)
    assert outstanding(hq) == 0, "every pack tells it"
    with erased.reader() as reader:
        assert not laptop_told.is_untold(reader)


def test_the_next_erasure_is_told_anew(erased: Desk, hq: Desk, tmp_path: Path) -> None:
    [file] = sealed(erased)
    take_in(erased, intake.take_in(hq, file, tmp_path).receipt)
    erased_before = outstanding(hq)
    add_place(erased, "Market branch")
    [waiting] = sealed(erased)
    with hq.reader() as reader:
        [action] = reader.find(Action)
    erase(hq, "action", action.uid, "asked for, too")
    take_in(erased, publish(hq, tmp_path / "down").file)
    assert (erased_before, outstanding(hq)) == (0, 1)
    [file] = sealed(erased)
    assert file != waiting, "what is given again tells how it stands"
    intake.take_in(hq, file, tmp_path)
    assert outstanding(hq) == 0
