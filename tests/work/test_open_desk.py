from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Clock, new_uid

from gemba.domain.people import Role
from gemba.domain.templates import Template
from gemba.errors import Refusal, Trouble
from gemba.store import backing_up, restoring
from gemba.store.checking import check
from gemba.wording import sentence
from gemba.work.import_template import import_template
from gemba.work.open_desk import make_desk, open_desk


def names(folder: Path) -> list[str]:
    return sorted(item.name for item in folder.iterdir())


def test_a_new_store_has_its_person_and_the_starter_library(tmp_path: Path, ticking: Clock) -> None:
    desk = make_desk(tmp_path / "new", clock=ticking, ids=new_uid, passphrase="a long one", person_name="Auditor")
    with desk.reader() as reader:
        assert len(reader.find(Template)) == 14
        kinds = {"walk", "rotation", "area_audit", "checklist", "complaint_file", "alignment_audit"}
        assert {template.kind for template in reader.find(Template)} == kinds
    assert (desk.person.name, desk.person.role) == ("Auditor", Role.AUDITOR)
    assert check(desk.store) == []
    desk.store.close()
    again = open_desk(tmp_path / "new", clock=ticking, ids=new_uid, passphrase="a long one")
    assert again.person == desk.person
    again.store.close()


def test_a_making_that_fails_leaves_nothing_and_can_be_done_again(
    tmp_path: Path, ticking: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("gemba.work.open_desk.furnish", lambda desk: import_template(desk, b"none", "broken.xlsx"))
        with pytest.raises(Refusal):
            make_desk(tmp_path / "new", clock=ticking, ids=new_uid, demo=True)
    assert names(tmp_path) == []
    make_desk(tmp_path / "new", clock=ticking, ids=new_uid, demo=True).store.close()


def test_without_keyring_and_passphrase_nothing_is_made(tmp_path: Path, ticking: Clock) -> None:
    with pytest.raises(Trouble, match=r"store\.passphrase_needed"):
        make_desk(tmp_path / "new", clock=ticking, ids=new_uid)
    assert names(tmp_path) == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, ticking: Clock) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(Refusal, match=r"work\.folder_not_empty"):
        make_desk(tmp_path, clock=ticking, ids=new_uid, demo=True)
    assert names(tmp_path) == ["letter.txt"]


def test_a_store_whose_database_is_gone_is_brought_back_from_a_backup(tmp_path: Path, ticking: Clock) -> None:
    desk = make_desk(tmp_path / "new", clock=ticking, ids=new_uid, demo=True)
    backing_up.back_up(desk.store, tmp_path / "backup")
    desk.store.close()
    for file in (tmp_path / "new").glob("gemba.db*"):
        file.unlink()
    for way in (make_desk, open_desk):
        with pytest.raises(Trouble, match=r"store\.database_lost") as trouble:
            way(tmp_path / "new", clock=ticking, ids=new_uid)
        assert "gemba restore BACKUP --overwrite" in sentence(trouble.value)
    restoring.restore(tmp_path / "backup", tmp_path / "new", overwrite=True)
    open_desk(tmp_path / "new", clock=ticking, ids=new_uid).store.close()


@pytest.mark.parametrize("below", ["", "x", "x/y"])
def test_a_file_is_no_place_for_a_store(tmp_path: Path, ticking: Clock, below: str) -> None:
    (tmp_path / "p0.png").write_text("a photo")
    with pytest.raises(Refusal, match=r"store\.not_a_folder"):
        make_desk(tmp_path / "p0.png" / below, clock=ticking, ids=new_uid, demo=True)
    assert (tmp_path / "p0.png").read_text() == "a photo"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder in which nobody can make one")
def test_a_store_that_cannot_be_made_is_told(ticking: Clock) -> None:
    with pytest.raises(Trouble, match=r"work\.store_not_made"):
        make_desk(Path("/proc/x"), clock=ticking, ids=new_uid, demo=True)


def test_a_name_that_no_disk_takes_is_told(tmp_path: Path, ticking: Clock) -> None:
    with pytest.raises(Trouble, match=r"store\.cannot_open"):
        make_desk(tmp_path / ("x" * 300), clock=ticking, ids=new_uid, demo=True)


def test_a_wrong_passphrase_opens_nothing(tmp_path: Path, ticking: Clock) -> None:
    make_desk(tmp_path / "new", clock=ticking, ids=new_uid, passphrase="a long one").store.close()
    with pytest.raises(Trouble, match=r"store\.wrong_passphrase"):
        open_desk(tmp_path / "new", clock=ticking, ids=new_uid, passphrase="another one")


def test_no_word_of_what_was_recorded_lies_in_the_clear(tmp_path: Path, ticking: Clock) -> None:
    from gemba.work.places import add_place

    desk = make_desk(tmp_path / "new", clock=ticking, ids=new_uid, passphrase="a long one")
    add_place(desk, "Zanzibar quayside")
    desk.store.close()
    for file in (tmp_path / "new").rglob("*"):
        if file.is_file():
            assert b"Zanzibar" not in file.read_bytes(), file


def test_a_backup_is_encrypted_too(tmp_path: Path, ticking: Clock) -> None:
    from gemba.work.places import add_place

    desk = make_desk(tmp_path / "new", clock=ticking, ids=new_uid, passphrase="a long one")
    add_place(desk, "Zanzibar quayside")
    backing_up.back_up(desk.store, tmp_path / "backup")
    desk.store.close()
    assert b"Zanzibar" not in (tmp_path / "backup").read_bytes()
