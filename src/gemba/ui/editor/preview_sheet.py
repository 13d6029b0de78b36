"""The sheet of the preview: answers go into the form and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from gemba.domain.assessments import Assessment
from gemba.domain.places import Place
from gemba.domain.templates import Template
from gemba.forms.filling import Fill
from gemba.ui.conduct.records import Records
from gemba.ui.conduct.saving import Field, State
from gemba.ui.conduct.sheet import OpenSheet
from gemba.work.conduct import Sheet

if TYPE_CHECKING:
    from gemba.forms.definition import Form
    from gemba.ui.services import Services
    from gemba.work.desk import Desk

_BEGUN = datetime(2000, 1, 1, tzinfo=UTC)


class PreviewSheet(OpenSheet):
    """A form that can be tried. Nothing of it is kept."""

    def __init__(self, services: Services, fill: Fill, parent: QObject | None = None) -> None:
        sheet = _sheet(fill, services.desk.zone)
        super().__init__(services, sheet, Records(sheet.assessment), parent)

    def state(self, path: str) -> State | None:
        """Nothing is saved here, and nothing has to be."""
        del path
        return None

    def add_photo(self, path: str, data: bytes | Path, name: str) -> None:
        """A photo is answered with its name; it is not kept."""
        del data
        self.give(path, name)

    def read_again(self, then: Callable[[], None] | None = None) -> None:
        """There is nothing to read."""
        if then is not None:
            then()

    def _keep(self, field: Field, verb: Callable[..., Any], *args: Any) -> None:
        """Nothing is written."""

    def _rearrange(self, verb: Callable[..., Any], *args: Any) -> None:
        """Nothing is written."""


def fill_of(desk: Desk, form: Form, answers: dict[str, str], language: str) -> Fill:
    """The form with what was answered before, as far as it still asks for it."""
    return Fill(
        form,
        answers=answers,
        now=lambda: desk.clock().astimezone(),
        person=desk.person.name,
        language=language or None,
    )


def _sheet(fill: Fill, zone: str) -> Sheet:
    nobody = "00000000-0000-7000-8000-000000000000"
    template = Template(
        uid=nobody,
        form_id=fill.form.form_id,
        version=fill.form.version,
        title=fill.form.title,
        kind="checklist",
        source="",
        source_name="",
        xform="",
        imported_at=_BEGUN,
    )
    place = Place(uid=nobody, name="", zone=zone)
    assessment = Assessment(
        uid=nobody,
        number="",
        template=nobody,
        kind="checklist",
        title=fill.form.title,
        place=nobody,
        person=nobody,
        started_at=_BEGUN,
    )
    return Sheet(assessment=assessment, template=template, place=place, fill=fill, notes={}, evidence=(), findings=())
