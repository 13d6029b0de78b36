"""Whether an answer fits its question: what every way of answering refuses."""

from __future__ import annotations

from gemba.errors import Refusal
from gemba.wording import text
from gemba.work.conduct import Sheet


def demand_fitting(sheet: Sheet, path: str, name: str, value: str) -> None:
    """Demand that the question at a path applies, is a person's to answer, and can hold a value.

    Args:
        sheet: the assessment with its other answers.
        path: of the question.
        name: what whoever answers calls it.
        value: the answer; an empty one always fits.

    Raises:
        Refusal: `work.question_hidden`, `work.question_read_only`, `work.answer_refused`, `work.answer_not_fitting`,
            `forms.*` when the form has no such question.
    """
    view = sheet.fill.view(path)
    if not view.relevant:
        raise Refusal("work.question_hidden", name=name, why=sheet.fill.why_hidden(path).words)
    if view.read_only:
        raise Refusal("work.question_read_only", name=name)
    verdict = sheet.fill.verdict(path, value)
    if verdict == "constraint":
        why = sheet.fill.why_invalid(path, value).words.rstrip(".") or text("it breaks the form's rule")
        raise Refusal("work.answer_refused", name=name, value=value, why=why)
    names = [choice.name for choice in view.choices]
    if verdict == "type" or (names and not set(value.split()) <= set(names)):
        choices = ", ".join(names)
        raise Refusal("work.answer_not_fitting", name=name, value=value, kind=view.kind, choices=choices or "–")
