"""A walk that has begun."""

from __future__ import annotations

import pytest

from gemba.domain.templates import Template
from gemba.work import conduct
from gemba.work.desk import Desk
from gemba.work.places import add_place


def template_of(desk: Desk, kind: str) -> Template:
    with desk.reader() as reader:
        return reader.find(Template, kind=kind)[0]


@pytest.fixture
def place(desk: Desk) -> str:
    return add_place(desk, "Harbour branch").uid


@pytest.fixture
def audit(desk: Desk, place: str) -> str:
    """The uid of a 5S area audit that has begun."""
    return conduct.start(desk, template_of(desk, "area_audit").uid, place).uid
