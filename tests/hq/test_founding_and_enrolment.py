from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Clock, new_uid

from gemba.errors import Refusal, Trouble
from gemba.hq import intake, kept_apart
from gemba.hq.founding import found
from gemba.hq.key_ring import identities, recipients
from gemba.packs.cards import read_card
from gemba.packs.identity import recipient_of
from gemba.packs.publication_root import publisher, read_root
from gemba.work.cards import write_card
from gemba.work.desk import Desk
from gemba.work.open_desk import open_desk


@pytest.fixture
def hq(tmp_path: Path, ticking: Clock) -> Iterator[Desk]:
    found(tmp_path / "hq", clock=ticking, ids=new_uid, name="Meridian", demo=True)
    desk = open_desk(tmp_path / "hq", clock=ticking, ids=new_uid)
    yield desk
    desk.store.close()


def test_the_card_shows_the_key_that_headquarters_signs_with(hq: Desk, tmp_path: Path) -> None:
    card = read_card((tmp_path / "hq" / "headquarters.card").read_bytes())
    assert (card.role, card.name, card.id) == ("headquarters", "Meridian", hq.store.device.id)
    assert card.recipients == recipients(hq)
    assert len(set(card.recipients)) == 3
    assert publisher(read_root(card.root).signed) == hq.store.device.public_key


def test_keys_that_custodians_keep_are_written_once_and_not_kept_in_the_store(hq: Desk, tmp_path: Path) -> None:
    recovery = kept_apart.read_recovery(tmp_path / "hq" / "recovery-key.txt")
    assert recipient_of(recovery) == recipients(hq)[2]
    assert recovery not in identities(hq)
    assert len(set(kept_apart.read_roots(tmp_path / "hq" / "root-keys"))) == 3
    assert len(kept_apart.still_here(hq)) == 4
    for file in kept_apart.still_here(hq):
        Path(file).unlink()
    assert kept_apart.still_here(hq) == []


def test_keys_are_never_written_over(tmp_path: Path, ticking: Clock) -> None:
    apart = kept_apart.beside(tmp_path / "stick")
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "recovery-key.txt").write_text("another key")
    with pytest.raises(Refusal, match=r"hq\.key_file_there"):
        found(tmp_path / "hq", clock=ticking, ids=new_uid, demo=True, apart=apart)
    assert not (tmp_path / "hq").exists()


def test_a_headquarters_is_founded_once(hq: Desk, tmp_path: Path, ticking: Clock) -> None:
    with pytest.raises(Refusal, match=r"hq\.exists"):
        found(tmp_path / "hq", clock=ticking, ids=new_uid, demo=True)


def test_a_laptop_is_enrolled_by_its_card(hq: Desk, desk: Desk, tmp_path: Path) -> None:
    written = write_card(desk, tmp_path)
    enrolled = intake.enrol(hq, written.file)
    assert enrolled.device == desk.store.device.id
    assert enrolled.fingerprint == written.fingerprint
    assert len(enrolled.fingerprint.split()) == 8


def test_headquarters_own_card_enrols_nobody(hq: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"hq\.not_a_laptop_card"):
        intake.enrol(hq, tmp_path / "hq" / "headquarters.card")
    with pytest.raises(Trouble, match=r"work\.unreadable"):
        intake.enrol(hq, tmp_path / "none.card")


def test_a_laptop_enrols_nobody(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"hq\.not_headquarters"):
        intake.enrol(desk, tmp_path / "laptop.card")


@pytest.mark.parametrize("name", ["M" * 201, "Meri\x1bdian", " "])
def test_a_name_that_fits_on_no_card_founds_nothing(tmp_path: Path, ticking: Clock, name: str) -> None:
    with pytest.raises(Refusal, match=r"work\.name_for_card"):
        found(tmp_path / "hq", clock=ticking, ids=new_uid, name=name, demo=True)
    assert not list(tmp_path.iterdir())
