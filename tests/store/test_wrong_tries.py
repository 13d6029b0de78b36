"""Ten wrong passphrases: a growing wait that no restart and no clock takes away, and nothing lost."""

from __future__ import annotations

import time

import keyring
import pytest
from tests.store.test_keys import Ring

from gemba.errors import Trouble
from gemba.store import keys, wrong_tries
from gemba.wording import sentence


class Running:
    """The machine's running time."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def running(monkeypatch):
    running = Running()
    monkeypatch.setattr(time, "monotonic", running)
    return running


@pytest.fixture
def locked(tmp_path, monkeypatch):
    """A folder whose key lies behind a passphrase, and the key."""
    ring = Ring()
    monkeypatch.setattr(keyring, "get_password", ring.get_password)
    return tmp_path, keys.make_key(tmp_path, passphrase="right one")


def wrong(folder) -> Trouble:
    with pytest.raises(Trouble) as raised:
        keys.find_key(folder, passphrase="wrong one")
    return raised.value


def test_ten_wrong_passphrases_cost_a_growing_wait_and_lose_nothing(locked, running) -> None:
    folder, key = locked
    before = (folder / keys.FILE).read_bytes()
    waits = []
    for _ in range(10):
        trouble = wrong(folder)
        waits.append(trouble.facts.get("seconds", 0))
        if waits[-1]:
            assert "headquarters" in sentence(trouble)
            early = wrong(folder)
            assert (early.code, early.facts["seconds"]) == ("store.wait_first", waits[-1])
            with pytest.raises(Trouble, match=r"store\.wait_first"):  # the right one has to wait, too
                keys.find_key(folder, passphrase="right one")
        running.now += waits[-1]
    assert waits == [0, 0, 5, 10, 20, 40, 80, 160, 320, 640]
    assert keys.find_key(folder, passphrase="right one") == key
    assert (folder / keys.FILE).read_bytes() == before
    assert wrong(folder).code == "store.wrong_passphrase"  # the count began anew


def test_a_restart_of_the_machine_does_not_shorten_the_wait(locked, running) -> None:
    folder, key = locked
    for _ in range(3):
        wrong(folder)
    running.now = 1.0  # it has just been started again
    assert wrong(folder).facts["seconds"] == 4
    running.now = 5.0
    assert keys.find_key(folder, passphrase="right one") == key


def test_the_count_is_kept_whole_or_not_at_all_and_a_damaged_one_locks_nobody_out(locked, running) -> None:
    folder, key = locked
    wrong(folder)
    assert sorted(one.name for one in folder.iterdir()) == ["keys.json", wrong_tries.FILE]
    (folder / wrong_tries.FILE).write_text("{")
    assert keys.find_key(folder, passphrase="right one") == key


def test_no_wait_is_longer_than_a_quarter_of_an_hour() -> None:
    assert max(wrong_tries.wait_after(count) for count in [*range(500), 99_999_999_999]) == 900


@pytest.mark.parametrize(
    "said",
    ['{"wrong":99999999999,"at":5}', '{"wrong":-1,"at":5}', '{"wrong":9,"at":1e300}', '{"wrong":9,"at":-1e300}'],
)
def test_a_count_that_nobody_reaches_is_damaged_and_locks_nobody_out(locked, running, said) -> None:
    folder, key = locked
    (folder / wrong_tries.FILE).write_text(said)
    assert keys.find_key(folder, passphrase="right one") == key
    (folder / wrong_tries.FILE).write_text(said)
    assert wrong(folder).code == "store.wrong_passphrase"


def test_whoever_has_proved_otherwise_who_they_are_waits_no_longer(locked, running) -> None:
    folder, key = locked
    for _ in range(wrong_tries.FREE):
        wrong(folder)
    wrong_tries.forget(folder)
    assert keys.find_key(folder, passphrase="right one") == key
