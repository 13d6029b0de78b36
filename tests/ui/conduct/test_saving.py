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
