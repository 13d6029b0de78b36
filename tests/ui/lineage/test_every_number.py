"""Every number of the window opens exactly the records behind it: all pages are walked on the demonstration store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from tests.ui.lineage.exceptions import excepted
from tests.ui.lineage.telling import told

from gemba.ui.lineage.behind import Behind
from gemba.ui.lists.panel import ListPanel
from gemba.ui.pages import registry

_EACH = 3
"""Numbers of one widget that are gone into: the first, the last and one between."""


def places(window: Any) -> Iterator[str]:
    """Go to every page, and to everything else that there is to see on it."""
    left_out = {"conduct", "editor", "behind", *registry.NOT_ON["laptop"]}
    for code in registry.CODES:
        if code in left_out:
            continue
        page = window.go(code)
        _choose_first(window)
        yield code
        for name, show in getattr(page, "sights", dict)().items():
            window.window.go(code)
            show()
            window.settle()
            _choose_first(window)
            yield f"{code}:{name}"


def shown_list(window: Any) -> ListPanel | None:
    """The list that is seen."""
    return next((one for one in window.page.findChildren(ListPanel) if one.isVisible()), None)


def leading(window: Any) -> dict[str, list[Behind]]:
    """By the name of each widget that is seen: what its numbers lead to."""
    found = {}
    for widget in window.page.findChildren(QWidget):
        if widget.isVisible() and callable(getattr(widget, "numbers", None)):
            found[widget.objectName()] = widget.numbers()
    return found


def _choose_first(window: Any) -> None:
    listed = shown_list(window)
    if listed is not None and listed.model.rowCount() and listed.current is None:
        listed.table.choose(0)
        window.settle()


def _some(found: list[Behind]) -> list[Behind]:
    return [found[at] for at in sorted({0, len(found) // 2, len(found) - 1})][:_EACH] if found else []


def test_every_number_opens_as_many_records_as_it_says(demo):
    numbers: dict[str, list[Behind]] = {}
    untold: dict[str, str] = {}
    for place in places(demo):
        for name, found in leading(demo).items():
            numbers.setdefault(name, found)
        untold |= {f"{place}: {name}": text for name, text in told(demo.page).items() if not excepted(name)}
    assert not untold, "\n".join(f"{name} = {text}" for name, text in untold.items())
    wrong, gone = [], 0
    kept = demo.window.services.behind
    for name, found in numbers.items():
        for one in _some(found):
            demo.go(*kept.way_to(one))
            listed = shown_list(demo)
            rows = -1 if listed is None else listed.model.rowCount()
            gone += 1
            if rows != one.count if one.count is not None else rows < 1:
                wrong.append(f"{name}: {one.number} {one.title}: {one.count} said, {rows} shown on {demo.window.page}")
    assert not wrong, "\n".join(wrong)
    assert gone >= 40, sorted(numbers)
    print(f"{gone} numbers of {len(numbers)} widgets")


@pytest.mark.parametrize(("code", "view"), [("alignment", "discretion"), ("alignment", "drift")])
def test_back_leads_to_where_one_was(demo, code, view):
    demo.go(code, view)
    name, found = next((name, found) for name, found in leading(demo).items() if found)
    demo.go(*demo.window.services.behind.way_to(found[0]))
    demo.window.back()
    demo.settle()
    assert demo.window.page == code
    assert demo.page.tabs.code == view
    assert name in leading(demo)
