"""A pattern from an action that was verified for effect: everything that is known of it is taken over."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gemba.domain.actions import Action, Effect
from gemba.domain.causes import CauseAnalysis
from gemba.domain.complaint_reviews import ComplaintReview
from gemba.domain.effects import EffectResult
from gemba.domain.findings import Finding
from gemba.domain.goals import Requirement
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store import vocabularies
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.effect_checks import checks_of
from gemba.work.effect_words import result_title
from gemba.work.names_in_text import names_in
from gemba.work.patterns import PatternDraft
from gemba.work.records import known

_LONGEST = 90
"""Letters of a title."""
_PREVENTION = ("chosen", "done", "prevented")
"""Steps of an 8D-light that say how it was done."""


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """What an action answers."""

    action: Action
    finding: Finding | None
    analysis: CauseAnalysis | None

    @property
    def step(self) -> str:
        """Code of the step; empty when nobody told."""
        return (self.analysis.step if self.analysis else "") or (self.finding.step if self.finding else "")

    @property
    def cause(self) -> str:
        """Code of the cause; empty when nobody told."""
        return (self.analysis.cause if self.analysis else "") or (self.finding.cause if self.finding else "")


def draft_from(desk: Desk, action: Uid) -> PatternDraft:
    """What a pattern of an action says to begin with; it is whole, and a person makes it better.

    Raises:
        Refusal: the action is unknown, or nobody has verified that it helped.
    """
    with desk.reader() as reader:
        return draft_in(reader, action)


def draft_in(reader: Reader, action: Uid) -> PatternDraft:
    """The same in a view of the store that is open already."""
    about = known(reader, Action, action)
    if about.effect is not Effect.EFFECTIVE:
        raise Refusal("work.pattern_unverified", number=about.number)
    origin = origin_of(reader, about)
    owner = "" if names_in(reader, (about.owner,)).sure else about.owner
    return PatternDraft(
        title=_short(about.text),
        problem=_problem(origin),
        context=_context(reader, origin),
        how="\n".join(_how(origin)),
        proof="\n".join(_proof(reader, about)),
        place=about.place,
        step=origin.step,
        cause=origin.cause,
        action=action,
        links=tuple(_links(reader, origin)),
        owner=owner,
    )


def origin_of(reader: Reader, action: Action) -> Origin:
    """The finding and the cause analysis that an action answers."""
    analysis = reader.get(CauseAnalysis, action.analysis) if action.analysis else None
    finding = action.finding or (analysis.finding if analysis else None)
    return Origin(action=action, finding=reader.get(Finding, finding) if finding else None, analysis=analysis)


def _problem(origin: Origin) -> str:
    if origin.analysis is not None:
        return origin.analysis.problem
    return origin.finding.text if origin.finding is not None else origin.action.text


def _context(reader: Reader, origin: Origin) -> str:
    """Where it worked and why it was needed: without the same cause it would not help elsewhere."""
    place = reader.get(Place, origin.action.place)
    said = [text("It worked at {place}.", place=place.name if place else "–")]
    steps, causes = (vocabularies.titles(reader, facet) for facet in (Facet.STEP, Facet.CAUSE))
    if origin.step:
        said.append(text("The step is there: {step}.", step=steps.get(origin.step, origin.step)))
    if origin.analysis is not None and origin.analysis.whys:
        said.append(text("The cause is the same: {why}", why=origin.analysis.whys[-1]))
    elif origin.cause:
        said.append(text("The cause is the same: {why}", why=causes.get(origin.cause, origin.cause)))
    return "\n".join(said)


def _how(origin: Origin) -> Iterator[str]:
    yield origin.action.text
    steps = origin.analysis.steps if origin.analysis else {}
    yield from (steps[name] for name in _PREVENTION if steps.get(name))


def _proof(reader: Reader, action: Action) -> Iterator[str]:
    if action.verification:
        yield action.verification
    for one in checks_of(reader, action):
        if one.result is not EffectResult.DUE:
            said = text("After {days} days: {result}.", days=one.days, result=result_title(one.result))
            yield f"{said} {one.note}".strip()


def _links(reader: Reader, origin: Origin) -> Iterator[str]:
    """The records that bear it out; looks that saw it gone are none."""
    action = origin.action
    yield f"action:{action.uid}"
    for one in checks_of(reader, action):
        if one.result in {EffectResult.HOLDS, EffectResult.PARTLY}:
            yield f"effect_check:{one.uid}"
    if origin.analysis is not None:
        yield f"cause_analysis:{origin.analysis.uid}"
        if origin.analysis.review and reader.get(ComplaintReview, origin.analysis.review) is not None:
            yield f"complaint_review:{origin.analysis.review}"
    yield from (f"measure:{uid}" for uid in measures_of(reader, action))


def measures_of(reader: Reader, action: Action) -> tuple[Uid, ...]:
    """The measures by which the goal of an action is judged, each once."""
    if action.goal is None:
        return ()
    found = [one.measure for one in reader.find(Requirement, goal=action.goal) if one.measure and not one.retired]
    return tuple(dict.fromkeys(found))


def _short(words: str) -> str:
    plain = " ".join(words.split()).rstrip(".")
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 2].rpartition(' ')[0] or plain[:_LONGEST]} …"
