"""The form of a pattern: new, from a verified action, or changed."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.actions import Action, Effect
from gemba.domain.change import Change
from gemba.domain.patterns import Pattern
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.store import register_links, vocabularies
from gemba.store.reading import Reader
from gemba.ui.pages.places import read_places
from gemba.ui.registers.ways import noun_title
from gemba.ui.rotations.ask_form import Ask, AskForm, Said
from gemba.ui.services import Services
from gemba.work import patterns
from gemba.work.pattern_from_action import draft_in
from gemba.work.patterns import PatternDraft, draft_of
from gemba.work.records import known
from gemba.work.register_facts import title_of

_MOST = 60
_OFFERED = ("action", "complaint_review", "cause_analysis", "measure", "audit")
"""Nouns of records that are offered as proof; others are named on the command line."""
Pairs = tuple[tuple[str, str], ...]


class FormFacts(msgspec.Struct, frozen=True):
    """What the form begins with and offers."""

    draft: PatternDraft
    places: Pairs
    steps: Pairs
    causes: Pairs
    proofs: Pairs
    uid: Uid = ""
    """Of the pattern that is changed; empty for a new one."""


def read_form(desk: Any, action: Uid = "", pattern: Uid = "") -> FormFacts:
    """Everything that the form needs; on a job's thread.

    Raises:
        Refusal: the action was not verified.
    """
    places = tuple((one.uid, one.name) for one in read_places(desk))
    with desk.reader() as reader:
        draft = draft_in(reader, action) if action else PatternDraft()
        draft = draft_of(known(reader, Pattern, pattern)) if pattern else draft
        steps, causes = (codes_in_force(reader, facet) for facet in (Facet.STEP, Facet.CAUSE))
        return FormFacts(draft, places, steps, causes, _proofs(reader, draft), pattern)


def codes_in_force(reader: Reader, facet: Facet) -> Pairs:
    """The codes of a facet with their titles, by title."""
    now = vocabularies.current(reader, facet)
    return tuple(sorted(now.terms.items(), key=lambda term: term[1].casefold())) if now else ()


def pattern_form(services: Services, facts: FormFacts, parent: QWidget | None = None) -> AskForm:
    """The form of a new pattern, or of one that is changed."""
    draft = facts.draft
    none = (("", wording.text("Not said")),)
    asks = [
        Ask("title", wording.text("&Title"), value=draft.title, about=("pattern_title",)),
        Ask("problem", wording.text("&What does it answer?"), "lines", value=draft.problem, about=("pattern_problem",)),
        Ask("step", wording.text("&Step"), "choice", value=draft.step, choices=none + facts.steps),
        Ask(
            "cause",
            wording.text("&Cause"),
            "choice",
            value=draft.cause,
            choices=none + facts.causes,
            about=("pattern_code",),
        ),
        Ask(
            "context",
            wording.text("Which con&ditions must hold?"),
            "lines",
            value=draft.context,
            about=("pattern_context",),
        ),
        Ask("capability", wording.text("What must people be &able to do?"), value=draft.capability),
        Ask("data", wording.text("What must be known or &measured?"), value=draft.data),
        Ask(
            "how",
            wording.text("What is d&one?"),
            "lines",
            hint=wording.text("A step a line."),
            value=draft.how,
            about=("pattern_how",),
        ),
        Ask(
            "proof",
            wording.text("What came of it, and how was that s&een?"),
            "lines",
            value=draft.proof,
            about=("pattern_without_proof",),
        ),
        Ask(
            "link",
            _linked(draft),
            "choice",
            hint=wording.text("A verified action, a review, a measure that shows it."),
            choices=none + facts.proofs,
            about=("pattern_without_record", "pattern_no_proof", "pattern_link"),
        ),
        Ask(
            "place", wording.text("Where did it wor&k?"), "choice", value=draft.place or "", choices=none + facts.places
        ),
        Ask("owner", wording.text("Who answers &questions, by role?"), value=draft.owner),
    ]
    return AskForm(
        services,
        "pattern.form",
        title=wording.text("Change the pattern") if facts.uid else wording.text("What worked, for others"),
        asks=asks,
        run=lambda desk, said: _keep(desk, facts, said),
        keep=wording.text("Keep the pattern"),
        told=wording.text("It stands in the playbook; whoever looks for it finds it."),
        beside=(("step", "cause"), ("capability", "data"), ("place", "owner")),
        parent=parent,
    )


def _keep(desk: Any, facts: FormFacts, said: Said) -> Change:
    link = said.pop("link", "")
    links = (*facts.draft.links, link) if link else facts.draft.links
    fields: dict[str, Any] = {**said, "place": said["place"] or None, "links": links}
    if facts.uid:
        return patterns.change(desk, facts.uid, **fields)
    return patterns.add(desk, msgspec.structs.replace(facts.draft, **fields))


def _linked(draft: PatternDraft) -> str:
    n = len(draft.links)
    if not n:
        return wording.text("Which &record proves it?")
    return wording.plural(
        "Another &record that proves it ({n} is named)", "Another &record that proves it ({n} are named)", n
    )


def _proofs(reader: Reader, draft: PatternDraft) -> Pairs:
    """The newest records that may prove it, without those that are named."""
    found: list[tuple[str, str]] = []
    for noun in _OFFERED:
        for one in register_links.newest(reader, noun, _MOST):
            link = f"{noun}:{one.uid}"
            if link in draft.links or (isinstance(one, Action) and one.effect is not Effect.EFFECTIVE):
                continue
            found.append((link, f"{noun_title(noun)}: {title_of(one)}"))
    return tuple(found)
