"""Playbook patterns: what worked, told so that others can use it; without proof there is none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from gemba.domain.actions import Action, Effect
from gemba.domain.change import Change
from gemba.domain.effects import EffectCheck, EffectResult
from gemba.domain.escalation_words import says_nothing
from gemba.domain.nouns import NOUNS
from gemba.domain.patterns import Pattern
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store import vocabularies
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work import linked
from gemba.work.desk import Desk
from gemba.work.names_in_text import demand_nameless
from gemba.work.records import known

PROOFS = (
    *("action", "effect_check", "measure", "complaint_review", "cause_analysis", "audit", "assessment", "finding"),
    *("evidence", "register_entry"),
)
"""Nouns of the records that may prove a pattern."""
_WORDS = {
    "title": "work.pattern_title",
    "problem": "work.pattern_problem",
    "context": "work.pattern_context",
    "how": "work.pattern_how",
}
"""What a pattern may not be without, with what is said when it is."""
_TOLD = (*_WORDS, "capability", "data", "proof", "owner")
_MOST = 20_000


class PatternDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A pattern as a person writes it."""

    title: str = ""
    problem: str = ""
    context: str = ""
    """Conditions that must hold."""
    capability: str = ""
    data: str = ""
    how: str = ""
    """A step a line."""
    proof: str = ""
    place: Uid | None = None
    step: str = ""
    cause: str = ""
    action: Uid | None = None
    links: tuple[str, ...] = ()
    owner: str = ""


def add(desk: Desk, draft: PatternDraft) -> Change:
    """Write a pattern down.

    Raises:
        Refusal: title, problem, conditions or steps are missing, it has no proof, something names a person, or place,
            codes, action or a link are unknown.
    """
    with desk.unit() as unit:
        return unit.change_made(add_in(desk, unit, draft).uid)


def add_in(desk: Desk, unit: Unit, draft: PatternDraft) -> Pattern:
    """The same within another use case's unit."""
    said = _kept(draft)
    _demand(unit, said)
    made = Pattern(
        uid=desk.ids(),
        number=unit.number(Pattern),
        made_at=desk.clock(),
        person=desk.person.uid,
        **msgspec.structs.asdict(said),
    )
    unit.put(made)
    return made


def change(desk: Desk, pattern: Uid, **fields: Any) -> Change:
    """Change what a pattern says; it needs its proof all the same.

    Args:
        desk: who does it, where.
        pattern: its uid.
        **fields: of `PatternDraft`.

    Raises:
        Refusal: as `add`.
    """
    with desk.unit() as unit:
        old = known(unit, Pattern, pattern)
        said = _kept(msgspec.structs.replace(draft_of(old), **fields))
        _demand(unit, said, before=old.links)
        unit.change(Pattern, pattern, **msgspec.structs.asdict(said))
        return unit.change_made(pattern)


def drop_link(desk: Desk, pattern: Uid, link: str) -> Change:
    """Let a record prove a pattern no more; the pattern needs its proof all the same.

    Args:
        desk: who does it, where.
        pattern: its uid.
        link: the record, as `noun:uid`.

    Raises:
        Refusal: as `add`.
    """
    with desk.reader() as reader:
        links = known(reader, Pattern, pattern).links
    return change(desk, pattern, links=tuple(one for one in links if one != link))


def retire(desk: Desk, pattern: Uid, *, back: bool = False) -> Change:
    """Take a pattern out of the playbook; it stays readable, and is not found any more. `back` brings it back.

    Raises:
        Refusal: it is unknown, or stands so already.
    """
    with desk.unit() as unit:
        old = known(unit, Pattern, pattern)
        if old.retired is not back:
            raise Refusal("work.pattern_in_force" if back else "work.pattern_retired", number=old.number)
        unit.change(Pattern, pattern, retired=not back)
        return unit.change_made(pattern)


def draft_of(pattern: Pattern) -> PatternDraft:
    """What a pattern says, as it may be changed."""
    return PatternDraft(**{name: getattr(pattern, name) for name in PatternDraft.__struct_fields__})


def counts_as_proof(reader: Reader, link: str) -> bool:
    """Whether a record bears a pattern out: it is here, and what it says of an effect is good."""
    if link not in linked.evidence(reader, (link,)):
        return False
    noun, _, uid = link.partition(":")
    record = reader.get(NOUNS[noun], uid)
    if isinstance(record, Action):
        return record.effect is Effect.EFFECTIVE
    if isinstance(record, EffectCheck):
        return record.result in {EffectResult.HOLDS, EffectResult.PARTLY}
    return record is not None


def _kept(draft: PatternDraft) -> PatternDraft:
    """Trimmed, each link once."""
    said = {name: getattr(draft, name).strip() for name in (*_TOLD, "step", "cause")}
    return msgspec.structs.replace(draft, **said, links=tuple(dict.fromkeys(draft.links)))


def _demand(reader: Reader, said: PatternDraft, before: tuple[str, ...] = ()) -> None:
    for name, code in _WORDS.items():
        if says_nothing(getattr(said, name)):
            raise Refusal(code)
    if any(len(getattr(said, name)) > _MOST for name in _TOLD):
        raise Refusal("work.pattern_long", most=_MOST)
    if said.place is not None:
        known(reader, Place, said.place)
    if said.action is not None:
        known(reader, Action, said.action)
    _demand_codes(reader, said)
    _demand_proof(reader, said, before)
    demand_nameless(reader, (getattr(said, name) for name in _TOLD), are_no_names=True)


def _demand_codes(reader: Reader, said: PatternDraft) -> None:
    for facet, code in ((Facet.STEP, said.step), (Facet.CAUSE, said.cause)):
        there = vocabularies.titles(reader, facet)
        if code and there and code not in there:
            known_codes = _some(there)
            raise Refusal("work.pattern_code", given=code, facet=_facet_words(facet), known=known_codes)


def _demand_proof(reader: Reader, said: PatternDraft, before: tuple[str, ...]) -> None:
    """What a pattern named before stays, also when it has come to nothing since: then the pattern says so."""
    if says_nothing(said.proof):
        raise Refusal("work.pattern_without_proof")
    for link in said.links:
        noun = link.partition(":")[0]
        if noun not in PROOFS:
            raise Refusal("work.pattern_link", given=link, known=", ".join(PROOFS))
        if link not in before and not counts_as_proof(reader, link):
            raise Refusal("work.pattern_no_proof", link=link)
    if not said.links:
        raise Refusal("work.pattern_without_record")


def _facet_words(facet: Facet) -> str:
    return text("step") if facet is Facet.STEP else text("cause")


def _some(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes)[:12])
