"""Two auditors and a stick; a lost keyring, a lost laptop, a lost headquarters."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tests.conftest import Clock, new_uid, reopen

from gemba.domain.assessments import Answer, Assessment, Custody
from gemba.domain.evidence import Evidence
from gemba.domain.places import Place
from gemba.domain.templates import Template
from gemba.errors import Refusal, Trouble
from gemba.hq import intake, kept_apart, quarantine, revoking
from gemba.hq.founding import found
from gemba.hq.publishing import publish
from gemba.hq.refounding import Kept, refound
from gemba.store import conflicts, keys, transit
from gemba.store.checking import check
from gemba.store.lists import ASSESSMENTS, Query
from gemba.wording import sentence
from gemba.work import conduct, enrolment, recover_key, recovery
from gemba.work.attach_evidence import attach
from gemba.work.cards import write_card
from gemba.work.change_key import change_key
from gemba.work.desk import Desk
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.places import add_place
from gemba.work.send_pack import seal
from gemba.work.share_records import share
from gemba.work.take_in import take_in


@pytest.fixture
def hq(tmp_path: Path, ticking: Clock) -> Iterator[Desk]:
    found(tmp_path / "hq", clock=ticking, ids=new_uid, name="Meridian", demo=True)
    desk = open_desk(tmp_path / "hq", clock=ticking, ids=new_uid)
    yield desk
    desk.store.close()


@pytest.fixture
def anna(desk: Desk, hq: Desk) -> Desk:
    take_in(desk, hq.store.folder / "headquarters.card")
    return desk


@pytest.fixture
def ben(hq: Desk, tmp_path: Path, ticking: Clock) -> Iterator[Desk]:
    made = make_desk(tmp_path / "ben", clock=ticking, ids=new_uid, demo=True)
    take_in(made, hq.store.folder / "headquarters.card")
    yield made
    made.store.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def get_to_know(one: Desk, other: Desk, folder: Path) -> None:
    """Both compare the words of each other's cards."""
    for owner, reader in ((one, other), (other, one)):
        (folder / owner.store.device.id).mkdir(exist_ok=True)
        card = write_card(owner, folder / owner.store.device.id)
        enrolment.enrol(reader, card.file, card.fingerprint)


def a_walk(desk: Desk) -> str:
    with desk.reader() as reader:
        template = reader.find(Template, kind="area_audit")[0]
    return conduct.start(desk, template.uid, add_place(desk, "Harbour branch").uid).uid


def notes(desk: Desk, walk: str) -> set[str]:
    with desk.reader() as reader:
        return {one.note for one in reader.find(Answer, assessment=walk)}


def custody(desk: Desk, walk: str) -> Custody:
    with desk.reader() as reader:
        return next(line.custody for line in ASSESSMENTS.first(reader, Query()) if line.uid == walk)


def disputed(desk: Desk) -> int:
    with desk.reader() as reader:
        return len(conflicts.open_conflicts(reader))


def test_two_auditors_one_audit_a_stick(
    anna: Desk, ben: Desk, hq: Desk, tmp_path: Path, stick: Path, queue_photo: bytes
) -> None:
    get_to_know(anna, ben, tmp_path)
    walk = a_walk(anna)
    attach(anna, walk, queue_photo, "queue.jpg")
    conduct.note(anna, walk, "/data/x", "seen together")
    take_in(ben, share(anna, [walk], ben.store.device.id, stick).file)
    with ben.reader() as reader:
        assert reader.get(Assessment, walk) is not None
        photo = reader.find(Evidence, assessment=walk)[0]
    assert ben.store.evidence.read(photo.sha256) == queue_photo
    assert custody(ben, walk) is Custody.ELSEWHERE, "nobody has said to Ben that headquarters holds it"
    conduct.note(anna, walk, "/data/x", "Anna thinks so")
    conduct.note(ben, walk, "/data/x", "Ben thinks otherwise")
    assert custody(ben, walk) is Custody.HERE
    conduct.note(ben, walk, "/data/y", "only Ben saw this")
    there, back = share(anna, [walk], ben.store.device.name, stick), share(ben, [walk], anna.store.device.id, stick)
    assert take_in(ben, there.file).what == "pack"
    take_in(anna, back.file)
    assert disputed(anna) == disputed(ben) == 1
    assert notes(anna, walk) == notes(ben, walk)
    assert "only Ben saw this" in notes(anna, walk)
    assert "here already" in take_in(anna, back.file).words
    # either forwards it; headquarters knows both by their own packs
    for laptop in (anna, ben):
        for pack in seal(laptop):
            intake.take_in(hq, pack.file, tmp_path)
    forwarded = share(ben, [walk], "headquarters", stick)
    receipt = intake.take_in(hq, forwarded.file, tmp_path).receipt
    take_in(ben, receipt)
    assert notes(hq, walk) == notes(ben, walk)
    assert disputed(hq) == 1
    for desk in (anna, ben, hq):
        assert check(desk.store) == []


def test_one_forwards_what_both_recorded_before_the_other_ever_sent(
    anna: Desk, ben: Desk, hq: Desk, tmp_path: Path, stick: Path
) -> None:
    get_to_know(anna, ben, tmp_path)
    for laptop in (anna, ben):
        enrolment.enrol(hq, tmp_path / laptop.store.device.id / "laptop.card")
    walk = a_walk(anna)
    take_in(ben, share(anna, [walk], ben.store.device.id, stick).file)
    conduct.note(ben, walk, "/data/x", "Ben was here")
    intake.take_in(hq, share(ben, [walk], "headquarters", stick).file, tmp_path)
    with hq.reader() as reader:
        assert reader.get(Assessment, walk) is not None
        assert set(transit.ranges_here(reader, anna.store.device.id)) == {anna.store.device.epoch}
    assert "Ben was here" in notes(hq, walk)


def test_nobody_shares_with_strangers_nor_takes_in_what_they_share(
    anna: Desk, ben: Desk, hq: Desk, tmp_path: Path, stick: Path
) -> None:
    walk = a_walk(anna)
    with pytest.raises(Refusal, match=r"work\.no_such_laptop"):
        share(anna, [walk], ben.store.device.id, stick)
    enrolment.enrol(anna, write_card(ben, tmp_path).file)
    pack = share(anna, [walk], ben.store.device.id, stick)
    with pytest.raises(Refusal, match=r"work\.unknown_sharer"):
        take_in(ben, pack.file)
    with pytest.raises(Refusal, match=r"work\.own_pack"):
        take_in(anna, pack.file)
    with pytest.raises(Refusal, match=r"packs\.meant_for_other|packs\.not_for_us"):
        intake.take_in(hq, pack.file, tmp_path)


def test_certificates_make_laptops_known_and_revocations_end_it(
    anna: Desk, ben: Desk, hq: Desk, tmp_path: Path, stick: Path
) -> None:
    for laptop in (anna, ben):
        (tmp_path / laptop.store.device.id).mkdir()
        enrolment.enrol(hq, write_card(laptop, tmp_path / laptop.store.device.id).file)
        for pack in seal(laptop):
            intake.take_in(hq, pack.file, tmp_path)
    news = publish(hq, tmp_path).file
    take_in(anna, news)
    take_in(ben, news)
    walk = a_walk(anna)
    before = share(anna, [walk], ben.store.device.id, stick)
    take_in(ben, before.file)
    for pack in seal(anna):
        intake.take_in(hq, pack.file, tmp_path)
    revoking.revoke(hq, anna.store.device.id)
    conduct.note(anna, walk, "/data/x", "stolen")
    after = share(anna, [walk], ben.store.device.id, stick)
    news = publish(hq, tmp_path).file
    take_in(ben, news)
    assert take_in(ben, before.file).what == "pack"
    with pytest.raises(Refusal, match=r"work\.revoked_inside"):
        take_in(ben, after.file)
    with pytest.raises(Refusal, match=r"work\.share_with_revoked"):
        share(ben, [walk], anna.store.device.id, stick)
    assert "has revoked this laptop" in take_in(anna, news).words


def test_a_lost_keyring_costs_a_visit_and_no_data(anna: Desk, hq: Desk, tmp_path: Path, ticking: Clock) -> None:
    walk = a_walk(anna)
    [pack] = seal(anna)
    folder = anna.store.folder
    anna.store.close()
    (folder / "keys.json").unlink()
    with pytest.raises(Trouble, match=r"store\.key_missing"):
        keys.find_key(folder, passphrase="a new passphrase")
    recovery = kept_apart.read_recovery(hq.store.folder / "recovery-key.txt")
    said = recover_key.open_recovery(pack.file, recovery, tmp_path)
    written = recover_key.write_key_file(said, tmp_path / "anna.key")
    assert anna.store.key.hex() not in written.file.read_text()
    with pytest.raises(Refusal, match=r"work\.other_key_words"):
        recover_key.take_key_back(folder, written.file, "other words", "a new passphrase", ticking)
    recover_key.take_key_back(folder, written.file, written.passphrase, "a new passphrase", ticking)
    again = reopen(folder, keys.find_key(folder, passphrase="a new passphrase"), ticking)
    with again.reader() as reader:
        assert reader.get(Assessment, walk) is not None
    again.store.close()


def test_keys_of_one_laptop_open_no_other_and_no_other_key_tells_them(
    anna: Desk, ben: Desk, hq: Desk, tmp_path: Path, ticking: Clock
) -> None:
    [pack] = seal(ben)
    recovery = kept_apart.read_recovery(hq.store.folder / "recovery-key.txt")
    written = recover_key.write_key_file(recover_key.open_recovery(pack.file, recovery, tmp_path), tmp_path / "b.key")
    anna.store.close()
    with pytest.raises(Refusal, match=r"work\.key_of_other"):
        recover_key.take_key_back(anna.store.folder, written.file, written.passphrase, "a new one", ticking)
    with pytest.raises(Refusal, match=r"work\.no_keys_in_pack"):
        recover_key.open_recovery(pack.file, ben.store.device.identity, tmp_path)


def test_a_lost_laptop_is_revoked_and_a_new_one_begins(anna: Desk, ben: Desk, hq: Desk, tmp_path: Path) -> None:
    walk = a_walk(anna)
    for pack in seal(anna):
        intake.take_in(hq, pack.file, tmp_path)
    anna.store.close()
    revoking.revoke(hq, anna.store.device.id)
    with hq.reader() as reader:
        assert reader.get(Assessment, walk) is not None
    for pack in seal(ben):
        assert intake.take_in(hq, pack.file, tmp_path).new


def test_what_headquarters_holds_of_a_lost_laptop_goes_on_at_a_new_one(
    anna: Desk, ben: Desk, hq: Desk, tmp_path: Path, stick: Path, queue_photo: bytes
) -> None:
    """Nobody had compared the lost laptop's words; a person at headquarters says that its work may be believed."""
    walk = a_walk(anna)
    attach(anna, walk, queue_photo, "queue.jpg")
    conduct.note(anna, walk, "/data/x", "before")
    for pack in seal(anna):
        intake.take_in(hq, pack.file, tmp_path)
    conduct.note(anna, walk, "/data/y", "never sent, and found on the second medium")
    [left] = seal(anna)
    lost = anna.store.device.id
    assert "--vouch" in revoking.revoke(hq, lost).words
    with pytest.raises(Refusal, match=r"hq\.revoked_sender"):
        intake.take_in(hq, left.file, tmp_path)

    enrolment.enrol(hq, (card := write_card(ben, stick)).file, card.fingerprint)
    take_in(ben, publish(hq, tmp_path / "first").file)
    shared = share(hq, [walk], ben.store.device.id, stick)
    with pytest.raises(Refusal, match=r"work\.unknown_maker"):
        take_in(ben, shared.file)
    assert "gemba pack share" in revoking.revoke(hq, lost, vouch=True).words
    take_in(ben, publish(hq, tmp_path / "second").file)
    take_in(ben, shared.file)
    assert notes(ben, walk) - {""} == {"before"}

    quarantine.let_in(hq, left.file.stem, tmp_path)
    revoking.revoke(hq, lost)  # what was taken in counts from now on
    take_in(ben, publish(hq, tmp_path / "third").file)
    take_in(ben, share(hq, [walk], ben.store.device.id, stick).file)
    assert notes(ben, walk) - {""} == {"before", "never sent, and found on the second medium"}
    conduct.note(ben, walk, "/data/z", "from the new one")
    for pack in seal(ben):
        take_in(ben, intake.take_in(hq, pack.file, tmp_path).receipt)
    assert "from the new one" in notes(hq, walk)
    assert check(ben.store) == []

    revoking.undo(hq, lost)
    with hq.reader() as reader:
        [found_again] = [one for one in transit.correspondents(reader) if one.id == lost]
    assert found_again.certified_at is None  # it was vouched for up to its loss only


def test_headquarters_is_lost_and_found_again(
    anna: Desk, ben: Desk, hq: Desk, tmp_path: Path, ticking: Clock, queue_photo: bytes
) -> None:
    for pack in seal(anna):
        intake.take_in(hq, pack.file, tmp_path)
    region = add_place(hq, "Northern region").uid
    take_in(anna, publish(hq, tmp_path).file)
    with anna.reader() as reader:
        walk = conduct.start(anna, reader.find(Template, kind="area_audit")[0].uid, region).uid
    attach(anna, walk, queue_photo, "queue.jpg")
    old_packs = seal(anna)
    for laptop in (anna, ben):
        for pack in seal(laptop):
            take_in(laptop, intake.take_in(hq, pack.file, tmp_path).receipt)
        with pytest.raises(Refusal, match=r"work\.nothing_to_send"):
            seal(laptop)
    old = publish(hq, tmp_path / "old").file
    take_in(anna, old)
    kept = tmp_path / "custodians"
    kept.mkdir()
    for name in ("headquarters.card", "recovery-key.txt"):
        shutil.copy(hq.store.folder / name, kept / name)
    shutil.copytree(hq.store.folder / "root-keys", kept / "root-keys")
    (kept / "root-keys" / "root-key-2.txt").unlink()
    hq.store.close()
    shutil.rmtree(hq.store.folder)

    brought = Kept(kept / "headquarters.card", kept / "recovery-key.txt", kept / "root-keys")
    card = refound(tmp_path / "hq2", brought, clock=ticking, ids=new_uid, demo=True)
    second = open_desk(tmp_path / "hq2", clock=ticking, ids=new_uid)
    # what was sealed for the old one, wherever it lies, opens with the recovery key
    assert intake.take_in(second, old_packs[0].file, tmp_path).new
    news = publish(second, tmp_path)
    told = take_in(anna, news.file)
    assert "everything is sent to it once more" in told.words
    with pytest.raises(Refusal, match=r"packs\.earlier_publication"):
        take_in(anna, old)
    for pack in seal(anna):  # what the new one did not find goes to it once more
        take_in(anna, intake.take_in(second, pack.file, tmp_path).receipt)
    with pytest.raises(Refusal, match=r"work\.nothing_to_send"):
        seal(anna)
    # what only the old one had written comes back from a laptop that has it
    (tmp_path / "stick").mkdir()
    take_in(
        anna, intake.take_in(second, share(anna, [walk], "headquarters", tmp_path / "stick").file, tmp_path).receipt
    )
    with second.reader() as reader:
        assert reader.get(Assessment, walk) is not None
        assert reader.find(Place, name="Northern region")
    assert check(second.store) == []
    # a laptop that never saw a publication learns it by the new card
    assert take_in(ben, card.file).what == "card"
    for pack in seal(ben):
        assert intake.take_in(second, pack.file, tmp_path).new
    take_in(ben, publish(second, tmp_path).file)
    with pytest.raises(Refusal, match=r"work\.nothing_to_send"):
        seal(ben)
    # and goes on to others by publications of the new one
    add_place(second, "Southern region", parent=region)
    take_in(ben, publish(second, tmp_path).file)
    with ben.reader() as reader:
        assert {"Northern region", "Southern region"} <= {one.name for one in reader.find(Place)}
    second.store.close()


def test_one_root_key_alone_founds_nothing_anew(hq: Desk, anna: Desk, tmp_path: Path, ticking: Clock) -> None:
    roots = tmp_path / "one"
    roots.mkdir()
    shutil.copy(hq.store.folder / "root-keys" / "root-key-1.txt", roots)
    shutil.copy(roots / "root-key-1.txt", roots / "root-key-2.txt")
    brought = Kept(hq.store.folder / "headquarters.card", hq.store.folder / "recovery-key.txt", roots)
    with pytest.raises(Refusal, match=r"packs\.too_few_root_keys"):
        refound(tmp_path / "hq2", brought, clock=ticking, ids=new_uid, demo=True)
    assert not (tmp_path / "hq2").exists()


def test_a_card_with_a_root_that_others_signed_changes_nothing(anna: Desk, tmp_path: Path, ticking: Clock) -> None:
    other = found(tmp_path / "other", clock=ticking, ids=new_uid, demo=True)
    with pytest.raises(Refusal, match=r"work\.other_headquarters"):
        take_in(anna, other.file)


def test_a_revocation_that_is_undone_is_undone_on_laptops_that_enrolled_each_other_themselves(
    anna: Desk, ben: Desk, hq: Desk, tmp_path: Path, stick: Path
) -> None:
    get_to_know(anna, ben, tmp_path)
    walk = a_walk(anna)
    for laptop in (anna, ben):
        add_place(laptop, "Harbour office")
        for pack in seal(laptop):
            intake.take_in(hq, pack.file, stick)
    revoking.revoke(hq, ben.store.device.id)
    take_in(anna, publish(hq, stick).file)
    with pytest.raises(Refusal, match=r"work\.share_with_revoked"):
        share(anna, [walk], ben.store.device.id, stick)
    revoking.undo(hq, ben.store.device.id)
    take_in(anna, publish(hq, stick).file)
    assert take_in(ben, share(anna, [walk], ben.store.device.id, stick).file).what == "pack"


def test_cards_of_two_laptops_lie_on_one_stick(anna: Desk, ben: Desk, stick: Path) -> None:
    ours, theirs = write_card(anna, stick), write_card(ben, stick)
    assert ours.file != theirs.file
    assert [write_card(anna, stick).file, write_card(ben, stick).file] == [ours.file, theirs.file]
    assert enrolment.read_card_file(ours.file).id == anna.store.device.id
    assert enrolment.read_card_file(theirs.file).id == ben.store.device.id


def test_a_key_that_was_changed_and_then_forgotten_comes_back_without_another_pack(
    hq: Desk, tmp_path: Path, ticking: Clock
) -> None:
    folder = tmp_path / "own"
    own = make_desk(folder, clock=ticking, ids=new_uid, passphrase="the old passphrase")
    take_in(own, hq.store.folder / "headquarters.card")
    walk = a_walk(own)
    [sealed_before] = seal(own)
    own.store.close()
    change_key(folder, passphrase="the old passphrase", wished="soon forgotten", clock=ticking, ids=new_uid)
    secret = kept_apart.read_recovery(hq.store.folder / "recovery-key.txt")
    of_before = recover_key.write_key_file(
        recover_key.open_recovery(sealed_before.file, secret, tmp_path), tmp_path / "before.key"
    )
    with pytest.raises(Refusal, match=r"work\.key_of_other") as raised:
        recover_key.take_key_back(folder, of_before.file, of_before.passphrase, "a new passphrase", ticking)
    assert "recovery.json" in sentence(raised.value)
    laid = folder / recovery.FILE
    assert own.store.device.tell_secret().hex() not in laid.read_text()
    with pytest.raises(Refusal, match=r"work\.no_keys_in_pack"):  # a key of somebody else does not open it
        recover_key.open_recovery(laid, own.store.device.identity, tmp_path)
    written = recover_key.write_key_file(recover_key.open_recovery(laid, secret, tmp_path), tmp_path / "now.key")
    for _ in range(4):
        with suppress(Trouble):
            keys.find_key(folder, passphrase="was it this one")
    with pytest.raises(Refusal, match=r"store\.passphrase_short"):
        recover_key.take_key_back(folder, written.file, written.passphrase, "short", ticking)
    recover_key.take_key_back(folder, written.file, written.passphrase, "a new passphrase", ticking)
    again = reopen(folder, keys.find_key(folder, passphrase="a new passphrase"), ticking)  # and nobody waits
    with again.reader() as reader:
        assert reader.get(Assessment, walk) is not None
    again.store.close()
