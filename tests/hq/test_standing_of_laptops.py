"""Laptops that are enrolled, revoked, or strangers: what of theirs is taken in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.conftest import Clock, new_uid, reopen

from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.hq import intake, quarantine, revoking, rotation
from gemba.hq.founding import Senders, found
from gemba.hq.key_ring import identities, recipients
from gemba.hq.publishing import publish
from gemba.packs.cards import read_card
from gemba.packs.verifying import verify
from gemba.store import transit
from gemba.wording import sentence
from gemba.work import enrolment
from gemba.work.cards import write_card
from gemba.work.desk import Desk
from gemba.work.open_desk import open_desk
from gemba.work.places import add_place
from gemba.work.send_pack import seal
from gemba.work.take_in import take_in
from gemba.work.take_in_publication import take_in_publication


@pytest.fixture
def hq(tmp_path: Path, ticking: Clock, desk: Desk) -> Iterator[Desk]:
    take_in(desk, found(tmp_path / "hq", clock=ticking, ids=new_uid, demo=True).file)
    found_desk = open_desk(tmp_path / "hq", clock=ticking, ids=new_uid)
    yield found_desk
    found_desk.store.close()


def test_a_laptop_is_enrolled_only_with_the_words_of_its_card(hq: Desk, desk: Desk, tmp_path: Path) -> None:
    card = write_card(desk, tmp_path)
    words = card.fingerprint.split()
    for wrong in ("", "one two", " ".join([*words[:7], words[0]]), " ".join(reversed(words))):
        with pytest.raises(Refusal, match=r"work\.other_words"):
            enrolment.enrol(hq, card.file, wrong)
    with hq.reader() as reader:
        assert transit.correspondents(reader) == []
    assert enrolment.enrol(hq, card.file, ", ".join(words).upper()).certified
    with hq.reader() as reader:
        [known] = transit.correspondents(reader)
    assert known.certified_at is not None
    assert known.recipients == (desk.store.device.recipient,)


def test_what_a_revoked_laptop_recorded_before_counts_and_the_rest_waits(hq: Desk, desk: Desk, tmp_path: Path) -> None:
    add_place(desk, "Harbour branch")
    [before] = seal(desk)
    intake.take_in(hq, before.file, tmp_path)
    held = revoking.revoke(hq, desk.store.device.id[:8])
    assert set(held.after) == {desk.store.device.epoch}
    assert not intake.take_in(hq, before.file, tmp_path).new
    add_place(desk, "Stolen branch")
    [after] = seal(desk)
    with pytest.raises(Refusal, match=r"hq\.revoked_sender"):
        intake.take_in(hq, after.file, tmp_path)
    [waiting] = quarantine.waiting(hq)
    assert (waiting.sha256, waiting.device) == (after.sha256, desk.store.device.id)
    assert quarantine.let_in(hq, after.sha256[:8], tmp_path).operations == 1
    assert quarantine.waiting(hq) == []
    assert quarantine.waiting(hq, settled=True) != []


def test_whoever_has_a_revoked_laptops_key_gives_no_number_a_second_time(
    hq: Desk, desk: Desk, prepared_store: tuple[Path, bytes], tmp_path: Path, ticking: Clock
) -> None:
    """A copy of its store writes other changes under numbers that count: they wait for a person."""
    shutil.copytree(desk.store.folder, tmp_path / "copy")
    add_place(desk, "Harbour branch")
    intake.take_in(hq, seal(desk)[0].file, tmp_path)
    revoking.revoke(hq, desk.store.device.id)

    thief = reopen(tmp_path / "copy", prepared_store[1], ticking)
    add_place(thief, "Stolen branch")
    [forged] = seal(thief)
    thief.store.close()
    with pytest.raises(Refusal, match=r"hq\.revoked_maker"):
        intake.take_in(hq, forged.file, tmp_path)
    with hq.reader() as reader:
        assert "Stolen branch" not in {one.name for one in reader.find(Place)}
    assert [one.sha256 for one in quarantine.waiting(hq)] == [forged.sha256]
    assert quarantine.let_in(hq, forged.sha256, tmp_path).forks == 1


def test_an_earlier_pack_of_a_revoked_laptop_is_taken_in_when_it_comes_late(
    hq: Desk, desk: Desk, tmp_path: Path
) -> None:
    add_place(desk, "Harbour branch")
    [pack] = seal(desk)
    with hq.unit() as unit:
        assert transit.correspondents(unit) == []
    enrolment.enrol(hq, write_card(desk, tmp_path).file)
    with desk.reader() as reader:
        last = transit.ranges_here(reader, desk.store.device.id)[desk.store.device.epoch][-1][1]
    revoking.revoke(hq, desk.store.device.id, [f"{desk.store.device.epoch}:{last - 1}"])
    with pytest.raises(Refusal, match=r"hq\.revoked_sender"):
        intake.take_in(hq, pack.file, tmp_path)
    revoking.revoke(hq, desk.store.device.id, [f"{desk.store.device.epoch}:{last}"])
    assert intake.take_in(hq, pack.file, tmp_path).new


def test_changes_that_do_not_count_and_are_here_already_are_told_of(hq: Desk, desk: Desk, tmp_path: Path) -> None:
    add_place(desk, "Harbour branch")
    add_place(desk, "Stolen branch")
    intake.take_in(hq, seal(desk)[0].file, tmp_path)
    device, epoch = desk.store.device.id, desk.store.device.epoch
    with hq.reader() as reader:
        last = transit.ranges_here(reader, device)[epoch][-1][1]
    one = revoking.revoke(hq, device, [f"{epoch}:{last - 1}"])
    assert one.standing == 1
    assert "1 change that it recorded later is here already and stays in the records" in one.words
    more = revoking.revoke(hq, device, [f"0099-{epoch[5:]}:7"])
    assert more.standing == last
    assert f"{last} changes that it recorded later are here already" in more.words
    for held in (revoking.revoke(hq, device, [f"{epoch}:{last + 5}"]), revoking.revoke(hq, device)):
        assert held.standing == 0
        assert "here already" not in held.words
    with hq.reader() as reader:
        assert "Stolen branch" in {place.name for place in reader.find(Place)}


def test_a_revoked_card_enrols_nothing_until_the_revocation_is_undone(hq: Desk, desk: Desk, tmp_path: Path) -> None:
    card = write_card(desk, tmp_path).file
    enrolment.enrol(hq, card)
    revoking.revoke(hq, desk.store.device.name)
    with pytest.raises(Refusal, match=r"work\.enrol_revoked"):
        enrolment.enrol(hq, card)
    revoking.undo(hq, desk.store.device.name)
    enrolment.enrol(hq, card)
    for wrong in ("nobody", "", desk.store.device.id[:3]):
        with pytest.raises(Refusal, match=r"work\.no_such_laptop") as caught:
            revoking.revoke(hq, wrong)
        assert "at least the first six letters of its id" in sentence(caught.value)
    for wrong in ("here", "0001-3f9a2c41", "0001-3f9a2c41:-1"):
        with pytest.raises(Refusal, match=r"hq\.bad_after"):
            revoking.revoke(hq, desk.store.device.id, [wrong])


def test_what_is_set_aside_stays_and_can_be_let_in(tmp_path: Path, ticking: Clock, desk: Desk) -> None:
    take_in(desk, found(tmp_path / "s", clock=ticking, ids=new_uid, senders=Senders.ENROLLED, demo=True).file)
    strict = open_desk(tmp_path / "s", clock=ticking, ids=new_uid)
    [pack] = seal(desk)
    with pytest.raises(Refusal, match=r"hq\.unknown_sender"):
        intake.take_in(strict, pack.file, tmp_path)
    quarantine.set_aside(strict, pack.sha256)
    assert quarantine.waiting(strict) == []
    assert quarantine.let_in(strict, pack.sha256, tmp_path).new
    with pytest.raises(Refusal, match=r"hq\.not_in_quarantine"):
        quarantine.set_aside(strict, "ffffff")
    with pytest.raises(Refusal, match=r"hq\.taken_in_already"):
        quarantine.set_aside(strict, pack.sha256)
    strict.store.close()


def test_keys_rotate_and_old_packs_open_until_their_key_is_forgotten(
    hq: Desk, desk: Desk, tmp_path: Path, ticking: Clock
) -> None:
    [old] = seal(desk)
    first = recipients(hq)
    (tmp_path / "old.card").write_bytes((hq.store.folder / "headquarters.card").read_bytes())
    rotated = rotation.rotate(hq)
    assert recipients(hq) == (first[1], rotated.next, first[2])
    assert read_card((hq.store.folder / "headquarters.card").read_bytes()).recipients == recipients(hq)
    assert intake.take_in(hq, old.file, tmp_path).new
    take_in(desk, publish(hq, tmp_path).file)
    take_in(desk, tmp_path / "old.card")  # an old card takes back nothing
    with desk.reader() as reader:
        assert transit.correspondents(reader)[0].recipients == recipients(hq)
    rotation.rotate(hq)
    assert verify(old.file, identities(hq)).level == "whole"
    forgotten = rotation.forget(hq, ticking() + timedelta(days=1))
    assert set(forgotten.forgotten) == {first[0], first[1]}
    with pytest.raises(Refusal, match=r"packs\.not_for_us"):
        intake.take_in(hq, old.file, tmp_path)
    assert rotation.forget(hq, ticking() + timedelta(days=1)).forgotten == ()


def test_two_root_keys_make_three_new_ones_and_laptops_follow(hq: Desk, desk: Desk, tmp_path: Path) -> None:
    intake.take_in(hq, seal(desk)[-1].file, tmp_path)
    old, new = hq.store.folder / "root-keys", tmp_path / "new"
    (old / "root-key-3.txt").unlink()
    with pytest.raises(Refusal, match=r"hq\.key_file_there"):
        rotation.replace_roots(hq, old, old)
    rotation.replace_roots(hq, old, new)
    with pytest.raises(Refusal, match=r"packs\.too_few_root_keys"):
        rotation.replace_roots(hq, old, tmp_path / "newer")
    taken = take_in_publication(desk, publish(hq, tmp_path).file)
    assert taken.new
    assert "new key" not in taken.words
    rotation.replace_roots(hq, new, tmp_path / "newer")
    assert take_in_publication(desk, publish(hq, tmp_path).file).new


def test_a_laptop_s_own_key_is_told_by_its_packs_after_rotations_too(hq: Desk, desk: Desk, tmp_path: Path) -> None:
    [old] = seal(desk)
    rotation.rotate(hq)
    rotation.rotate(hq)
    intake.take_in(hq, old.file, tmp_path)
    with hq.reader() as reader:
        [known] = transit.correspondents(reader)
    assert known.recipients == (desk.store.device.recipient,)
