"""What headquarters decides reaches every laptop: publications, whatever the medium, and keys that change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Clock, new_uid, reopen

from gemba.domain.assessments import Custody
from gemba.domain.places import Place
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.hq import intake
from gemba.hq.founding import found
from gemba.hq.publishing import Form, publish
from gemba.store.lists import ASSESSMENTS
from gemba.work import conduct
from gemba.work.desk import Desk
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.places import add_place
from gemba.work.send_pack import seal
from gemba.work.take_in import take_in
from gemba.work.take_in_publication import take_in_publication


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


def send_up(laptop: Desk, hq: Desk, out: Path) -> None:
    for pack in seal(laptop):
        intake.take_in(hq, pack.file, out)


def places(desk: Desk) -> set[str]:
    with desk.reader() as reader:
        return {place.name for place in reader.find(Place)}


def a_walk(desk: Desk) -> str:
    with desk.reader() as reader:
        template = reader.find(Template, kind="area_audit")[0]
    return conduct.start(desk, template.uid, add_place(desk, "Harbour branch").uid).uid


def custody(desk: Desk, uid: str) -> Custody:
    with desk.reader() as reader:
        return ASSESSMENTS.lines(reader, [ASSESSMENTS.key(reader, uid)])[0].custody


def test_what_headquarters_wrote_and_signed_comes_down(anna: Desk, ben: Desk, hq: Desk, tmp_path: Path) -> None:
    walk = a_walk(anna)
    send_up(anna, hq, tmp_path)
    send_up(ben, hq, tmp_path)
    add_place(hq, "Northern region")
    published = publish(hq, tmp_path / "down")
    assert (published.version, published.laptops, published.new) == (1, 2, True)
    taken = take_in(anna, published.file)
    assert taken.what == "publication"
    assert custody(anna, walk) is Custody.HELD
    assert "Northern region" in places(anna)
    take_in(ben, published.file)
    assert "Northern region" in places(ben)
    assert "Harbour branch" not in places(ben)


def test_the_same_twice_changes_nothing_on_either_side(anna: Desk, hq: Desk, tmp_path: Path) -> None:
    a_walk(anna)
    send_up(anna, hq, tmp_path)
    add_place(hq, "Northern region")
    first = publish(hq, tmp_path)
    again = publish(hq, tmp_path)
    assert not again.new
    assert again.file == first.file
    assert take_in_publication(anna, first.file).new
    before = anna_digest(anna)
    assert not take_in_publication(anna, first.file).new
    assert anna_digest(anna) == before


def anna_digest(desk: Desk) -> list[object]:
    from gemba.store import transit

    with desk.reader() as reader:
        return [transit.packs(reader), transit.correspondents(reader), transit.marks(reader)]


def test_whoever_skipped_some_misses_nothing(anna: Desk, hq: Desk, tmp_path: Path) -> None:
    send_up(anna, hq, tmp_path)
    old = [publish(hq, tmp_path / "0").file]
    for name in ("North", "South", "West"):
        add_place(hq, name)
        old.append(publish(hq, tmp_path / name).file)
    take_in(anna, old[0])
    taken = take_in_publication(anna, old[-1])
    assert taken.packs == 3
    assert {"North", "South", "West"} <= places(anna)
    with pytest.raises(Refusal, match=r"packs\.old_publication"):
        take_in(anna, old[1])


def test_many_packs_become_one(anna: Desk, hq: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gemba.hq.publishing.MOST_PACKS", 3)
    send_up(anna, hq, tmp_path)
    counts = []
    for number in range(5):
        add_place(hq, f"Region {number}")
        counts.append(publish(hq, tmp_path).packs)
    assert counts == [1, 2, 3, 1, 2]
    take_in(anna, publish(hq, tmp_path).file)
    assert {f"Region {number}" for number in range(5)} <= places(anna)


def test_a_folder_does_as_well_and_is_written_over(anna: Desk, hq: Desk, tmp_path: Path) -> None:
    send_up(anna, hq, tmp_path)
    add_place(hq, "North")
    share = publish(hq, tmp_path / "share", form=Form.FOLDER).file
    take_in(anna, share)
    add_place(hq, "South")
    publish(hq, tmp_path / "share", form=Form.FOLDER)
    take_in(anna, share)
    assert {"North", "South"} <= places(anna)
    assert len(list(share.glob("*.targets.json"))) == 1


def test_headquarters_template_comes_with_its_workbook(anna: Desk, hq: Desk, tmp_path: Path) -> None:
    from gemba.work.starters import furnish

    send_up(anna, hq, tmp_path)
    furnish(hq)
    taken = take_in_publication(anna, publish(hq, tmp_path).file)
    assert taken.operations > 0
    with hq.reader() as reader:
        templates = reader.find(Template)
    for template in templates:
        assert anna.store.evidence.verify(template.source)


def test_a_decision_on_a_record_reaches_the_laptop_that_has_a_part_in_it(
    anna: Desk, ben: Desk, hq: Desk, tmp_path: Path
) -> None:
    walk = a_walk(anna)
    send_up(anna, hq, tmp_path)
    send_up(ben, hq, tmp_path)
    conduct.note(hq, walk, "/data/x", "headquarters asks for a photo")
    file = publish(hq, tmp_path).file
    assert take_in_publication(anna, file).operations > 0
    assert take_in_publication(ben, file).operations == 1  # who works at headquarters
    assert answers(ben, walk) == []
    assert any("asks for a photo" in one.note for one in answers(anna, walk))


def answers(desk: Desk, walk: str) -> list[object]:
    from gemba.domain.assessments import Answer

    with desk.reader() as reader:
        return reader.find(Answer, assessment=walk)


def test_a_publication_of_another_headquarters_is_refused(anna: Desk, hq: Desk, tmp_path: Path, ticking: Clock) -> None:
    found(tmp_path / "other", clock=ticking, ids=new_uid, demo=True)
    other = open_desk(tmp_path / "other", clock=ticking, ids=new_uid)
    file = publish(other, tmp_path).file
    other.store.close()
    with pytest.raises(Refusal, match=r"packs\.publication_of_other"):
        take_in(anna, file)


def test_what_has_expired_is_taken_in_and_that_is_told(anna: Desk, hq: Desk, tmp_path: Path, ticking: Clock) -> None:
    from datetime import timedelta

    send_up(anna, hq, tmp_path)
    add_place(hq, "North")
    file = publish(hq, tmp_path).file
    anna.store.close()
    late = reopen(anna.store.folder, anna.store.key, lambda: ticking() + timedelta(days=400))
    taken = take_in_publication(late, file)
    assert taken.expired
    assert "ask headquarters for a newer one" in taken.words
    assert "North" in places(late)
    assert a_walk(late)
    assert seal(late)
    late.store.close()


def test_a_half_copied_publication_is_refused_whole(anna: Desk, hq: Desk, tmp_path: Path) -> None:
    send_up(anna, hq, tmp_path)
    add_place(hq, "North")
    share = publish(hq, tmp_path / "share", form=Form.FOLDER).file
    for victim in sorted((share / "targets").iterdir()):
        kept = victim.read_bytes()
        for damage in (kept[:-1], b"", kept[:-1] + bytes([kept[-1] ^ 1])):
            victim.write_bytes(damage)
            with pytest.raises(Refusal, match=r"packs\.publication_incomplete"):
                take_in(anna, share)
        victim.write_bytes(kept)
    assert "North" not in places(anna)
    take_in(anna, share)
    assert "North" in places(anna)


def test_parts_of_two_publications_make_none(anna: Desk, hq: Desk, tmp_path: Path) -> None:
    send_up(anna, hq, tmp_path)
    first = publish(hq, tmp_path / "share", form=Form.FOLDER).file
    shutil.copytree(first, tmp_path / "first")
    add_place(hq, "North")
    publish(hq, tmp_path / "share", form=Form.FOLDER)
    shutil.copytree(first, tmp_path / "mixed")
    shutil.copy(tmp_path / "first" / "1.targets.json", tmp_path / "mixed" / "2.targets.json")
    with pytest.raises(Refusal, match=r"packs\.forged_publication"):
        take_in(anna, tmp_path / "mixed")
    shutil.copytree(first, tmp_path / "mixed2")
    shutil.copy(tmp_path / "first" / "timestamp.json", tmp_path / "mixed2" / "timestamp.json")
    with pytest.raises(Refusal, match=r"packs\.publication_incomplete"):
        take_in(anna, tmp_path / "mixed2")


def test_headquarters_learns_who_has_which_publication(anna: Desk, ben: Desk, hq: Desk, tmp_path: Path) -> None:
    from gemba.hq.told import publications_known

    send_up(anna, hq, tmp_path)
    send_up(ben, hq, tmp_path)
    add_place(hq, "North")
    take_in(anna, publish(hq, tmp_path).file)
    add_place(hq, "South")
    publish(hq, tmp_path)
    add_place(anna, "Harbour branch")
    add_place(ben, "Market branch")
    late = seal(ben)
    send_up(anna, hq, tmp_path)
    for pack in late:
        intake.take_in(hq, pack.file, tmp_path)
    with hq.reader() as reader:
        known = publications_known(reader)
    assert known == {anna.store.device.id: 1, ben.store.device.id: 0}


def test_what_was_stopped_halfway_is_finished_by_taking_it_in_again(anna: Desk, hq: Desk, tmp_path: Path) -> None:
    walk = a_walk(anna)
    send_up(anna, hq, tmp_path)
    add_place(hq, "North")
    file = publish(hq, tmp_path).file
    inbox = anna.store.folder / "inbox"
    shutil.rmtree(inbox)
    inbox.write_bytes(b"in the way")
    with pytest.raises(OSError, match="inbox"):
        take_in(anna, file)
    inbox.unlink()
    assert custody(anna, walk) is Custody.HELD
    assert "North" not in places(anna)
    assert take_in_publication(anna, file).new
    assert "North" in places(anna)
    assert not take_in_publication(anna, file).new


def test_only_the_newest_stays_in_a_folder_and_nothing_else_is_touched(
    hq: Desk, tmp_path: Path, ticking: Clock
) -> None:
    down = tmp_path / "down"
    found(tmp_path / "other", clock=ticking, ids=new_uid, demo=True)
    other = open_desk(tmp_path / "other", clock=ticking, ids=new_uid)
    foreign = publish(other, down).file
    other.store.close()
    (down / "notes.publication").write_bytes(b"no publication")
    publish(hq, down)
    add_place(hq, "North")
    newest = publish(hq, down).file
    assert set(down.iterdir()) == {foreign, newest, down / "notes.publication"}


def test_what_headquarters_erases_goes_everywhere_and_stays_in_no_publication(
    anna: Desk, ben: Desk, hq: Desk, tmp_path: Path
) -> None:
    from gemba.work.erase import erase

    walk = a_walk(anna)
    conduct.note(anna, walk, "/data/x", "Ana fell over a pallet")
    send_up(anna, hq, tmp_path)
    send_up(ben, hq, tmp_path)
    conduct.note(hq, walk, "/data/x", "Ana fell, says headquarters")
    first = publish(hq, tmp_path / "one")
    take_in(anna, first.file)
    [answer] = [one for one in answers(anna, walk) if one.note]
    assert answer.note == "Ana fell, says headquarters"
    erase(hq, "answer", answer.uid, "asked for by the person")
    second = publish(hq, tmp_path / "two")
    before, after = (packs_in(one.file) for one in (first, second))
    assert before
    assert after.isdisjoint(before)
    for laptop in (anna, ben):
        take_in(laptop, second.file)
    assert all(not one.note for one in answers(anna, walk))
    assert not publish(hq, tmp_path / "two").new


def packs_in(publication: Path) -> set[str]:
    from gemba.packs.publication_checking import read_targets
    from gemba.packs.publication_reading import open_publication

    with open_publication(publication) as opened:
        number = next(number for number in range(1, 99) if opened.has(f"{number}.targets.json"))
        targets = read_targets(opened.read(f"{number}.targets.json", 1 << 20))
    return {one.sha256 for one in targets.values() if one.said.get("for")}
