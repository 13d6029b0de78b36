"""The pictures of every page."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage

from gemba.errors import Trouble
from gemba.ui.pages import registry
from gemba.ui.showcase import PLACES
from gemba.ui.tour import tour


def test_every_page_is_pictured_and_no_picture_is_blank(demo_desk, tmp_path):
    files = tour(demo_desk, tmp_path, frozenset({"dark"}))
    there = set(registry.CODES) - registry.NOT_ON["laptop"]
    assert {f"{code}-dark.png" for code in there} <= {file.name for file in files}
    assert {f"conduct-{name}-dark.png" for name in PLACES} <= {file.name for file in files}
    assert {f"reviews-{name}-dark.png" for name in ("draw", "cluster", "cause")} <= {file.name for file in files}
    assert {f"maps-{name}-dark.png" for name in ("step", "form", "blind", "see")} <= {file.name for file in files}
    for file in files:
        image = QImage(str(file))
        step = max(1, image.width() // 60)
        colours = {image.pixel(x, y) for x in range(0, image.width(), step) for y in range(0, image.height(), step)}
        assert len(colours) > 5, file.name


def test_empty_pages_are_pictured_from_a_store_of_their_own(demo_desk, tmp_path):
    names = {file.name for file in tour(demo_desk, tmp_path, frozenset({"empty"}))}
    assert "today-empty-light.png" in names
    assert "walks-empty-dark.png" in names


def test_a_folder_that_cannot_be_made_is_trouble(demo_desk, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Trouble, match=r"ui\.file_not_written"):
        tour(demo_desk, tmp_path / "file" / "out", frozenset({"light"}))
