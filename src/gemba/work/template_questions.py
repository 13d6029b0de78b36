"""The questions of the checklists here, as goals name them."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

import msgspec

from gemba.domain.templates import Template
from gemba.errors import GembaError
from gemba.work.conduct import form_of
from gemba.work.desk import Desk


class TemplateQuestion(msgspec.Struct, frozen=True):
    """One question of a checklist."""

    item: str
    """Form id and path: the same in all versions of the checklist."""
    label: str
    template: str
    """Title of the checklist."""

    @property
    def title(self) -> str:
        """Checklist and question, as people choose it."""
        return f"{self.template}: {self.label}"


_READ: dict[str, tuple[TemplateQuestion, ...]] = {}
_MOST_FORMS = 200
_LOCK = Lock()


def template_questions(desk: Desk) -> Mapping[str, TemplateQuestion]:
    """Every question of the newest version of every checklist in use, by item."""
    with desk.reader() as reader:
        every = sorted(reader.find(Template, retired=False), key=lambda each: (each.imported_at, each.uid))
    newest = {template.form_id: template for template in every}
    found = sorted(newest.values(), key=lambda each: (each.title.casefold(), each.form_id))
    return {question.item: question for template in found for question in _of(desk, template)}


def _of(desk: Desk, template: Template) -> tuple[TemplateQuestion, ...]:
    """The questions of one version, read once: it never changes."""
    if template.uid not in _READ:
        try:
            asked = form_of(desk, template).questions()
        except GembaError:  # one that cannot be read must not hide the others
            asked = []
        made = tuple(TemplateQuestion(f"{template.form_id}{one.path}", one.label, template.title) for one in asked)
        with _LOCK:
            if len(_READ) >= _MOST_FORMS:
                _READ.clear()
            _READ[template.uid] = made
    return _READ[template.uid]
