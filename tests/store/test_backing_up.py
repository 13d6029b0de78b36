from __future__ import annotations

import zipfile

import keyring
import pytest
from tests.store.test_keys import Ring

from gemba.domain.assessments import Answer
from gemba.errors import Refusal, Trouble
from gemba.store import backing_up, journal, keys, restoring, transit
from gemba.store.checking import check
from gemba.store.opening import open_store
from gemba.wording import sentence


def test_a_backup_restores_everything_while_the_store_is_in_use(real, tmp_path, time, records) -> None:
    store, draft, sha256 = real
    file = tmp_path / "all.backup"
    backing_up.back_up(store, file)
    records.answer(store, draft, "/data/a", "after the backup")
    assert restoring.restore(file, tmp_path / "again") is None
    again = open_store(tmp_path / "again", keys.find_key(tmp_path / "again", passphrase=None), clock=time, reserve=0)
    with again.reader() as reader:
        assert [answer.value for answer in reader.find(Answer)] == ["1"]
    assert again.evidence.read(sha256) == b"photo"
    assert again.evidence.preview(sha256, 320) == b"small"
    assert (tmp_path / "again" / "outbox" / ("d" * 64 + ".gemba")).read_bytes() == b"sealed"
    assert again.device.id == store.device.id
    assert [p.code for p in check(again)] == ["store.evidence_missing"] * 2  # the made-up template's
    again.close()
    assert not list(tmp_path.glob("*.part"))
    assert not list((store.folder / "safety").iterdir())


def test_after_a_restore_a_new_epoch_begins_and_merges_with_what_was_lost(
    real, tmp_path, time, records, another
) -> None:
    import json

    store, draft, _ = real
    file = tmp_path / "all.backup"
    backing_up.back_up(store, file)
    records.answer(store, draft, "/data/b", "sent before the disk died")
    with store.reader() as reader:
        sent = [json.loads(line) for line in journal.since(reader, store.device.epoch, 1, 99)]
    restoring.restore(file, tmp_path / "again")
    again = open_store(tmp_path / "again", store.key, clock=time, reserve=0)
    assert again.device.epoch[:4] == "0002"
    assert again.device.epoch != store.device.epoch
    assert again.device.code != store.device.code
    time.move(minutes=1)
    records.answer(again, draft, "/data/c", "recorded after the restore")
    with again.reader() as reader:
        old, new = transit.Stretch(store.device.epoch, 1, 5), transit.Stretch(again.device.epoch, 1, 1)
        assert transit.unsent_ranges(reader) == [old, new]
        since = [json.loads(line) for line in journal.since(reader, again.device.epoch, 1, 99)]
    office = another("office")
    trusted = {store.device.id: store.device.public_key}
    with office.unit(records.person.uid) as unit:
        merged = journal.merge(unit, sent + since, trusted=trusted)
    assert (merged.forks, merged.gaps) == ((), ())
    with office.reader() as reader:
        assert sorted(answer.path for answer in reader.find(Answer)) == ["/data/a", "/data/b", "/data/c"]
    again.close()
    same = open_store(tmp_path / "again", store.key, clock=time, reserve=0)
    assert same.device.epoch == again.device.epoch  # once is enough
    same.close()


def test_a_restore_overwrites_nothing_unless_told_and_then_keeps_the_old(real, tmp_path) -> None:
    store, _, _ = real
    file = tmp_path / "all.backup"
    backing_up.back_up(store, file)
    with pytest.raises(Refusal, match=r"store\.exists_already"):
        restoring.restore(file, store.folder)
    target = tmp_path / "target"
    target.mkdir()
    (target / "notes.txt").write_text("mine")
    aside = restoring.restore(file, target, overwrite=True)
    assert aside is not None
    assert (aside / "notes.txt").read_text() == "mine"


@pytest.fixture
def in_keyring(real, monkeypatch):
    """The store, its key known to the keyring alone."""
    store, _, _ = real
    ring = Ring()
    monkeypatch.setattr(keyring, "get_password", ring.get_password)
    monkeypatch.setattr(keyring, "set_password", ring.set_password)
    known = keys.Keys(v=1, store="name", wraps=(keys.Wrap("keyring"),))
    ring.kept["gemba", "name"] = store.key.hex()
    (store.folder / keys.FILE).write_bytes(keys.encode(known))
    return store


def test_a_passphrase_that_does_not_open_a_backup_puts_nothing_in_place(in_keyring, tmp_path) -> None:
    backing_up.back_up(in_keyring, tmp_path / "b", passphrase="word of mouth")
    place = tmp_path / "there"
    place.mkdir()
    (place / "mine").write_text("kept")
    with pytest.raises(Trouble, match=r"store\.wrong_passphrase"):
        restoring.restore(tmp_path / "b", place, overwrite=True, passphrase="word of south")
    assert [one.name for one in place.iterdir()] == ["mine"]
    assert not [one for one in tmp_path.iterdir() if one.name.startswith((".there", "there-"))]


def test_a_backup_opens_with_a_passphrase_where_the_keyring_is_far_away(in_keyring, tmp_path, monkeypatch) -> None:
    backing_up.back_up(in_keyring, tmp_path / "b", passphrase="word of mouth")
    restoring.restore(tmp_path / "b", tmp_path / "again")
    monkeypatch.setattr(keyring, "get_password", lambda *_: None)
    assert keys.find_key(tmp_path / "again", passphrase="word of mouth") == in_keyring.key


def test_a_backup_that_only_this_account_could_open_is_made_only_when_asked_for(in_keyring, tmp_path) -> None:
    with pytest.raises(Refusal, match=r"store\.backup_needs_passphrase"):
        backing_up.back_up(in_keyring, tmp_path / "b")
    assert not (tmp_path / "b").exists()
    backing_up.back_up(in_keyring, tmp_path / "b", this_account_only=True)
    restoring.restore(tmp_path / "b", tmp_path / "again")
    assert keys.find_key(tmp_path / "again", passphrase=None) == in_keyring.key
    keys.set_passphrase(in_keyring.folder, in_keyring.key, "the store's own")
    backing_up.back_up(in_keyring, tmp_path / "c")


def _damaged(file, change):
    entries = {}
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            entries[info.filename] = archive.read(info)
    change(entries)
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)


@pytest.mark.parametrize(
    "change",
    [
        lambda entries: entries.update({"gemba.db": entries["gemba.db"][:-1] + b"!"}),
        lambda entries: entries.pop("keys.json"),
        lambda entries: entries.pop("backup.json"),
        lambda entries: entries.update({"../climbs.txt": b"out"}),
        lambda entries: entries.update({"evidence/ab/run.exe": b"x"}),
        lambda entries: entries.update({"backup.json": b"[]"}),
    ],
)
def test_a_damaged_backup_is_refused_whole(real, tmp_path, change) -> None:
    store, _, _ = real
    file = tmp_path / "b"
    backing_up.back_up(store, file)
    _damaged(file, change)
    with pytest.raises(Trouble, match=r"store\.not_a_backup"):
        restoring.restore(file, tmp_path / "again")
    assert not (tmp_path / "again").exists()
    assert not list(tmp_path.glob(".again*"))


@pytest.mark.parametrize("cut", [0, 1, 100, 5000])
def test_a_backup_that_is_cut_short_is_refused(real, tmp_path, cut) -> None:
    store, _, _ = real
    file = tmp_path / "b"
    backing_up.back_up(store, file)
    file.write_bytes(file.read_bytes()[:-5000] if cut == 5000 else file.read_bytes()[: cut or 0])
    with pytest.raises(Trouble, match=r"store\.not_a_backup"):
        restoring.restore(file, tmp_path / "again")


def test_a_damaged_database_is_not_taken_for_a_backup(real, tmp_path) -> None:
    store, _, _ = real
    file = tmp_path / "b"
    backing_up.back_up(store, file)
    good = file.read_bytes()
    store.close()
    data = bytearray((store.folder / "gemba.db").read_bytes())
    data[20 * 4096 + 7] ^= 1
    (store.folder / "gemba.db").write_bytes(data)
    with pytest.raises(Trouble, match=r"store\.broken"):
        backing_up.back_up(store, file)
    assert file.read_bytes() == good  # the last good one is still there


def test_only_a_former_backup_is_written_over(real, tmp_path) -> None:
    store, _, _ = real
    photo, link = tmp_path / "victim.png", tmp_path / "link"
    photo.write_bytes(b"a photo")
    link.symlink_to(photo)
    with zipfile.ZipFile(tmp_path / "letters.zip", "w") as archive:
        archive.writestr("letter.txt", "mine")
    letters = (tmp_path / "letters.zip").read_bytes()
    for file in (photo, link, tmp_path / "letters.zip"):
        with pytest.raises(Refusal, match=r"store\.backup_in_the_way"):
            backing_up.back_up(store, file)
    assert (photo.read_bytes(), (tmp_path / "letters.zip").read_bytes()) == (b"a photo", letters)
    backing_up.back_up(store, tmp_path / "b")
    backing_up.back_up(store, tmp_path / "b")


def test_a_folder_is_no_backup_and_the_way_out_is_told(real, tmp_path) -> None:
    store, _, _ = real
    with pytest.raises(Refusal, match=r"store\.backup_is_folder") as refused:
        backing_up.back_up(store, tmp_path)
    assert "gemba backup schedule --second" in sentence(refused.value)
    assert not (tmp_path / "gemba.backup").exists()
