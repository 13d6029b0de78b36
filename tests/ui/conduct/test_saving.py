"""How far what was given has come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from gemba.errors import Refusal, Trouble
from gemba.ui.conduct.saving import Saving, State

WHO = ("answer", "/d/who")
WHAT = ("answer", "/d/what")


class Store:
    """The world's edge: writings that end when the test says so."""

    def __init__(self) -> None:
        self.under_way: list[dict[str, Callable[..., None]]] = []

    def write(self, **callbacks: Any) -> None:
        self.under_way.append(callbacks)

    def end(self, error: Exception | None = None) -> None:
        first = self.under_way.pop(0)
        if error is None:
            first["done"]("change")
        else:
            first["failed"](error)


@pytest.fixture
def saving(qapp: QApplication) -> Saving:
    return Saving()


@pytest.fixture
def store() -> Store:
    return Store()


def test_saving_then_saved(saving: Saving, store: Store) -> None:
    assert saving.state(WHO) is None
    saving.keep(WHO, store.write)
    assert saving.state(WHO) is State.SAVING
    assert saving.busy()
    store.end()
    assert saving.state(WHO) is State.SAVED
    assert not saving.busy()


def test_only_the_newest_version_counts(saving: Saving, store: Store) -> None:
    saving.keep(WHO, store.write)
    saving.keep(WHO, store.write)
    store.end(Trouble("store.disk_full", folder="x"))
    assert saving.state(WHO) is State.SAVING, "the newer one is still on its way"
    store.end()
    assert saving.state(WHO) is State.SAVED


def test_what_failed_is_tried_again_when_asked(saving: Saving, store: Store) -> None:
    saving.keep(WHO, store.write)
    store.end(Trouble("store.read_only", folder="x"))
    assert saving.failures() == [WHO]
    assert isinstance(saving.error(WHO), Trouble)
    saving.retry()
    store.end()
    assert saving.failures() == []


def test_when_the_world_mends_the_rest_is_tried_again_but_a_rule_stays_a_rule(saving: Saving, store: Store) -> None:
    saving.keep(WHO, store.write)
    store.end(Trouble("store.disk_full", folder="x"))
    saving.keep(("photo", "1"), store.write)
    store.end(Refusal("photo.not_image"))
    saving.keep(WHAT, store.write)
    store.end()
    assert saving.state(WHO) is State.SAVING
    assert saving.state(("photo", "1")) is State.FAILED


def test_what_never_came_back_counts_as_not_saved(saving: Saving, store: Store) -> None:
    saving.keep(WHO, store.write)
    saving.give_up(Trouble("conduct.not_saved"))
    assert saving.failures() == [WHO]


def test_what_is_kept_in_order_waits_for_all_before_it_and_all_after_it_wait(saving: Saving, store: Store) -> None:
    saving.keep(WHO, store.write)
    saving.keep(("repeat", "1"), store.write, in_order=True)
    saving.keep(WHAT, store.write)
    assert len(store.under_way) == 1
    store.end(Trouble("store.disk_full", folder="/x"))
    assert store.under_way == []
    assert saving.failures() == [WHO]
    saving.retry()
    store.end()
    assert len(store.under_way) == 1, "now the repeats are moved"
    assert saving.state(WHAT) is State.SAVING
    store.end()
    store.end()
    assert not saving.busy()
    assert saving.state(WHAT) is State.SAVED


def test_what_is_on_its_way_is_still_written_when_its_question_has_another_number(saving: Saving, store: Store) -> None:
    saving.keep(("answer", "/d/p[3]/name"), store.write)
    saving.rename(lambda key: key.replace("[3]", "[2]"), {"answer"})
    saving.keep(("repeat", "1"), store.write, in_order=True)
    assert saving.state(("answer", "/d/p[2]/name")) is None
    store.end(Trouble("store.disk_full", folder="/x"))
    assert len(saving.failures()) == 1
    assert store.under_way == [], "nothing is moved over what is not saved"
    saving.retry()
    store.end()
    store.end()
    assert not saving.failures()


def test_what_was_saved_is_known_under_its_new_number(saving: Saving, store: Store) -> None:
    for number in (2, 3):
        saving.keep(("answer", f"/d/p[{number}]/name"), store.write)
        store.end()
    saving.rename(lambda key: None if "[2]" in key else key.replace("[3]", "[2]"), {"answer"})
    assert saving.state(("answer", "/d/p[2]/name")) is State.SAVED
    assert saving.state(("answer", "/d/p[3]/name")) is None
