"""A small checklist with everything that can be edited."""

from __future__ import annotations

import pytest
from tests.forms.editing.making import made

from gemba.forms.book import Book


@pytest.fixture
def book() -> Book:
    return made()
