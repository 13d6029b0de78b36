from __future__ import annotations

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, NoKeyringError

from gemba.errors import GembaError
from gemba.store import keys, opening


class Ring(KeyringBackend):
    """A keyring in memory: the world's edge."""

    priority = 1

    def __init__(self, trouble: Exception | None = None) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.trouble = trouble

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.trouble:
            raise self.trouble
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        if self.trouble:
            raise self.trouble
        return self.kept.get((service, username))


@pytest.fixture
def ring(monkeypatch):
    ring = Ring()
    monkeypatch.setattr(keyring, "get_password", ring.get_password)
    monkeypatch.setattr(keyring, "set_password", ring.set_password)
    return ring


def code_of(work) -> str:
    with pytest.raises(GembaError) as raised:
        work()
    return raised.value.code


def test_the_keyring_keeps_the_key_and_the_folder_does_not(tmp_path, ring) -> None:
    key = keys.make_key(tmp_path, passphrase=None)
    assert len(key) == 32
    assert keys.find_key(tmp_path, passphrase=None) == key
    assert keys.find_key(tmp_path, passphrase="ignored") == key
    assert key.hex().encode() not in (tmp_path / keys.FILE).read_bytes()
    assert list(ring.kept.values()) == [key.hex()]


def test_a_passphrase_keeps_the_key_without_a_keyring(tmp_path, ring) -> None:
    ring.trouble = NoKeyringError()
    key = keys.make_key(tmp_path, passphrase="ὀνόματα και λέξεις")
    assert keys.find_key(tmp_path, passphrase="ὀνόματα και λέξεις") == key
    assert code_of(lambda: keys.find_key(tmp_path, passphrase="other")) == "store.wrong_passphrase"
    assert code_of(lambda: keys.find_key(tmp_path, passphrase=None)) == "store.passphrase_needed"
    assert ring.kept == {}


def test_without_keyring_and_passphrase_nothing_is_made(tmp_path, ring) -> None:
    ring.trouble = NoKeyringError()
    assert code_of(lambda: keys.make_key(tmp_path / "new", passphrase=None)) == "store.passphrase_needed"
    assert not (tmp_path / "new").exists()


def test_a_demonstration_opens_unasked_and_says_what_it_is(tmp_path, ring) -> None:
    key = keys.make_key(tmp_path, passphrase=None, demo=True)
    assert keys.find_key(tmp_path, passphrase=None) == key
    assert keys.read(tmp_path).demo
    assert ring.kept == {}


def test_a_second_key_is_never_made_over_that_of_a_store(tmp_path, ring) -> None:
    keys.make_key(tmp_path, passphrase=None, demo=True)
    (tmp_path / "gemba.db").touch()
    assert code_of(lambda: keys.make_key(tmp_path, passphrase=None, demo=True)) == "store.exists_already"


def test_keys_that_a_making_left_without_a_store_are_set_aside_and_still_open_theirs(tmp_path, ring) -> None:
    first = keys.make_key(tmp_path, passphrase="the first")
    second = keys.make_key(tmp_path, passphrase=None)
    third = keys.make_key(tmp_path, passphrase=None, demo=True)
    assert len({first, second, third}) == 3
    assert keys.find_key(tmp_path, passphrase=None) == third
    for number, key in ((2, second), (1, first)):
        (tmp_path / f"keys-before-{number}.json").replace(tmp_path / keys.FILE)
        assert keys.find_key(tmp_path, passphrase="the first") == key
    assert [file.name for file in tmp_path.iterdir()] == [keys.FILE]


def test_a_store_can_be_made_where_a_making_was_cut_short(tmp_path, ring, time) -> None:
    keys.make_key(tmp_path, passphrase=None)
    (tmp_path / "gemba.db.new").write_bytes(b"half")
    key = keys.make_key(tmp_path, passphrase=None)
    opening.create(tmp_path, key, clock=time, device_name="x", reserve=0).close()
    opening.open_store(tmp_path, keys.find_key(tmp_path, passphrase=None), clock=time, reserve=0).close()


def test_a_locked_keyring_and_a_forgetful_one_are_told_apart(tmp_path, ring) -> None:
    keys.make_key(tmp_path, passphrase=None)
    ring.trouble = KeyringLocked()
    assert code_of(lambda: keys.find_key(tmp_path, passphrase=None)) == "store.keyring_locked"
    ring.trouble = None
    ring.kept.clear()
    assert code_of(lambda: keys.find_key(tmp_path, passphrase=None)) == "store.key_missing"


def test_a_passphrase_may_be_added_and_changed(tmp_path, ring) -> None:
    key = keys.make_key(tmp_path, passphrase=None)
    keys.set_passphrase(tmp_path, key, "the first")
    keys.set_passphrase(tmp_path, key, "the second")
    assert keys.find_key(tmp_path, passphrase="the second") == key
    assert code_of(lambda: keys.find_key(tmp_path, passphrase="the first")) == "store.wrong_passphrase"
    assert keys.find_key(tmp_path, passphrase=None) == key


def test_missing_and_damaged_wraps_are_said(tmp_path) -> None:
    assert code_of(lambda: keys.find_key(tmp_path, passphrase=None)) == "store.no_store"
    (tmp_path / "gemba.db").touch()
    assert code_of(lambda: keys.find_key(tmp_path, passphrase=None)) == "store.key_missing"
    (tmp_path / keys.FILE).write_text("{")
    assert code_of(lambda: keys.find_key(tmp_path, passphrase=None)) == "store.key_missing"


def test_where_the_keyring_does_not_know_it_the_passphrase_is_asked_for(tmp_path, ring) -> None:
    key = keys.make_key(tmp_path, passphrase=None)
    keys.set_passphrase(tmp_path, key, "the first")
    ring.kept.clear()  # another laptop
    assert code_of(lambda: keys.find_key(tmp_path, passphrase=None)) == "store.passphrase_needed"
    assert keys.find_key(tmp_path, passphrase="the first") == key
    ring.trouble = KeyringLocked()
    assert code_of(lambda: keys.find_key(tmp_path, passphrase=None)) == "store.passphrase_needed"
