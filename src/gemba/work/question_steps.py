"""Which step of the work a question looks at: said by the template, or tied to it on a map without editing the form."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gemba.domain.change import Change
from gemba.domain.process_maps import Pin, ProcessMap, ProcessStep
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.forms.definition import Form
from gemba.forms.measures import measures
from gemba.store import vocabularies
from gemba.store.reading import Reader
from gemba.work.conduct import form_of
from gemba.work.desk import Desk
from gemba.work.records import known

QUESTION = "question"
"""Sort of the pins that tie a question to a step."""

_REPEATED = re.compile(r"\[\d+\]")


def tie(desk: Desk, step: Uid, template: Uid, question: str) -> Change:
    """Say that a question of a template, of any of its versions, looks at a step.

    Args:
        desk: who does it, where.
        step: uid of a step with a code.
        template: uid of the template.
        question: path or name of the question.

    Raises:
        Refusal: step, template or question is unknown, the step has no code, or the question is tied already.
    """
    with desk.unit() as unit:
        where, checklist = known(unit, ProcessStep, step), known(unit, Template, template)
        if not where.code:
            raise Refusal("work.step_without_code", title=where.title)
        path = _question(form_of(desk, checklist), question)
        if ties(unit, checklist).get(path):
            raise Refusal("work.question_tied_already", question=question)
        made = Pin(
            uid=desk.ids(),
            step=step,
            sort=QUESTION,
            pinned=template,
            text=path,
            pinned_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(made)
        return unit.change_made(made.uid)


def ties(reader: Reader, template: Template) -> dict[str, ProcessStep]:
    """The steps that questions of a template were tied to on maps, by path of the question."""
    found: dict[str, ProcessStep] = {}
    retired = {each.uid for each in reader.find(ProcessMap, retired=True)}
    for pin in reader.find(Pin, sort=QUESTION, removed=False):
        of = reader.get(Template, pin.pinned)
        step = reader.get(ProcessStep, pin.step)
        if of is None or step is None or of.form_id != template.form_id:
            continue
        if not step.removed and step.process_map not in retired:
            found[pin.text] = step
    return found


def traced(desk: Desk, reader: Reader, template: Template) -> dict[str, str]:
    """Today's code of the step that each question looks at, by path; those that say nothing are left out.

    What the form says (`bind::gemba:step`) goes before what a map says.
    """
    form = form_of(desk, template)
    today = vocabularies.crosswalk(reader, Facet.STEP)
    said = {path: step.code for path, step in ties(reader, template).items()}
    for question in form.questions():
        code = form.rule(question.path).extras.get("step", "").strip()
        if code:
            said[question.path] = code
    return {path: today.get(code, code) for path, code in said.items()}


def step_of(desk: Desk, reader: Reader, template: Template, path: str) -> str:
    """The code of the step that the question at `path` looks at; empty when nobody says."""
    return traced(desk, reader, template).get(_REPEATED.sub("", path), "") if path else ""


def not_met(form: Form) -> Mapping[str, tuple[str, ...]]:
    """The answers that say "does not apply here", by path: where all others score, those that do not."""
    return {
        path: tuple(choice for choice, score in measure.scores.items() if score is None)
        for path, measure in measures(form).items()
        if measure.scores is not None and not measure.many
    }


def _question(form: Form, name: str) -> str:
    found = [each.path for each in form.questions() if name in {each.path, each.name}]
    if len(found) != 1:
        raise Refusal("work.no_such_question", question=name)
    return found[0]
