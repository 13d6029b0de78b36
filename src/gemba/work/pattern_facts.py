"""A pattern with all that follows from it: whether its proof still stands, and how it did where it was carried."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from gemba.domain.actions import Action, Effect
from gemba.domain.effects import EffectCheck, EffectResult
from gemba.domain.evidence import Evidence
from gemba.domain.follow_through import RegisterEntry
from gemba.domain.nouns import NOUNS
from gemba.domain.patterns import Pattern, Transfer
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.transfer_states import Track, TransferState, last_result, track_of, transfer_state
from gemba.domain.vocabularies import Facet
from gemba.store import vocabularies
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.effect_checks import checks_of
from gemba.work.effect_words import result_title
from gemba.work.linked import Linked, linked
from gemba.work.patterns import counts_as_proof
from gemba.work.records import known
from gemba.work.register_facts import link_words, title_of

WORKSHOPS = "transfer_workshop"


class ProofLine(msgspec.Struct, frozen=True, kw_only=True):
    """A record that proves a pattern."""

    link: str
    """As `noun:uid`."""
    title: str
    counts: bool
    """False when it does not bear the pattern out: erased, taken away, seen otherwise since, or not here."""
    missing: bool
    """It has not come to this laptop: that says nothing against it."""
    opens: str
    """The record that is opened for it, as `noun:uid`: a check is looked at on its action."""

    @property
    def stands(self) -> bool:
        """Whether nothing speaks against it."""
        return self.counts or self.missing


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """A transfer and how it stands."""

    transfer: Transfer
    action: Action
    place: str
    state: TransferState
    checks: tuple[EffectCheck, ...]
    last: EffectResult
    overdue: date | None
    """The day since when a look waits; `None` when none does."""


class PatternFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is shown of a pattern."""

    pattern: Pattern
    place: str
    step: str
    """Title."""
    cause: str
    action: Action | None
    warning: str
    """Why its proof is in doubt, in words; empty while it stands."""
    proofs: tuple[ProofLine, ...]
    carried: tuple[Carried, ...]
    """The last begun first."""
    track: Track
    workshops: tuple[RegisterEntry, ...]
    """Where it was judged whether it transfers."""


def pattern_facts(reader: Reader, uid: Uid) -> PatternFacts:
    """Everything about a pattern.

    Raises:
        Refusal: it is unknown.
    """
    one = known(reader, Pattern, uid)
    place = reader.get(Place, one.place) if one.place else None
    action = reader.get(Action, one.action) if one.action else None
    steps, causes = (vocabularies.titles(reader, facet) for facet in (Facet.STEP, Facet.CAUSE))
    carried = carried_of(reader, (uid,)).get(uid, ())
    proofs = tuple(proof_line(reader, link) for link in one.links)
    return PatternFacts(
        pattern=one,
        place=place.name if place else "",
        step=steps.get(one.step, one.step),
        cause=causes.get(one.cause, one.cause),
        action=action,
        warning=doubt(reader, one, action, is_proved=any(each.stands for each in proofs)),
        proofs=proofs,
        carried=carried,
        track=track_of((each.state, each.last) for each in carried),
        workshops=_workshops(reader, one),
    )


def carried_of(reader: Reader, patterns: Iterable[Uid]) -> dict[Uid, tuple[Carried, ...]]:
    """The transfers of patterns, the last begun first."""
    found: dict[Uid, tuple[Carried, ...]] = {}
    for uid in patterns:
        ones = [_carried(reader, one) for one in reader.find(Transfer, pattern=uid)]
        found[uid] = tuple(sorted(ones, key=lambda each: (each.transfer.made_at, each.transfer.uid), reverse=True))
    return found


def carried_one(reader: Reader, transfer: Uid) -> Carried:
    """One transfer and how it stands.

    Raises:
        Refusal: it is unknown.
    """
    return _carried(reader, known(reader, Transfer, transfer))


def doubt(reader: Reader, one: Pattern, action: Action | None, *, is_proved: bool) -> str:
    """Why the proof of a pattern is in doubt; empty while it stands."""
    if action is not None and action.effect is not Effect.EFFECTIVE:
        seen = [each for each in reader.find(EffectCheck, action=action.uid) if each.result is EffectResult.REGRESSED]
        if seen:
            days = max(seen, key=lambda each: each.due).days
            return text(
                "Where it comes from it is as it was before: seen after {days} days ({number}).",
                days=days,
                number=action.number,
            )
        if action.reopened:
            return text("The action that it comes from was opened again: {number}.", number=action.number)
    if one.links and not is_proved:
        return text("None of the records that proved it bears it out any more.")
    return ""


def proof_line(reader: Reader, link: str) -> ProofLine:
    """A record that is named as proof, and how it stands."""
    noun, _, uid = link.partition(":")
    record = reader.get(NOUNS[noun], uid) if noun in NOUNS else None
    state = linked(reader, (link,)).get(link, Linked.MISSING)
    if state is not Linked.HERE or record is None:
        missing = state is Linked.MISSING
        return ProofLine(link=link, title=link_words(state) or uid, counts=False, missing=missing, opens="")
    if isinstance(record, EffectCheck):
        title = text("After {days} days: {result}", days=record.days, result=result_title(record.result))
        return ProofLine(
            link=link, title=title, counts=counts_as_proof(reader, link), missing=False, opens=f"action:{record.action}"
        )
    opens = _opens(record, link)
    return ProofLine(
        link=link, title=title_of(record), counts=counts_as_proof(reader, link), missing=False, opens=opens
    )


def _opens(record: object, link: str) -> str:
    """Evidence has no page of its own: it is looked at where it was kept."""
    if isinstance(record, Evidence) and record.assessment is None:
        return record.subject
    if link.startswith("evidence:"):
        finding = getattr(record, "finding", None)
        return f"finding:{finding}" if finding else f"assessment:{getattr(record, 'assessment', '')}"
    return link


def _carried(reader: Reader, one: Transfer) -> Carried:
    action = known(reader, Action, one.action)
    checks = reader.find(EffectCheck, action=action.uid)
    state, today = transfer_state(one, action, checks), reader.clock().date()
    present = tuple(checks_of(reader, action))
    waiting = [each.due for each in present if each.result is EffectResult.DUE and each.due < today]
    place = reader.get(Place, one.place)
    return Carried(
        transfer=one,
        action=action,
        place=place.name if place else "",
        state=state,
        checks=present,
        last=last_result(action, checks),
        overdue=min(waiting, default=None) if state is TransferState.LIVE else None,
    )


def _workshops(reader: Reader, one: Pattern) -> tuple[RegisterEntry, ...]:
    named = {f"pattern:{one.uid}"} | ({f"action:{one.action}"} if one.action else set())
    entries = reader.find(RegisterEntry, register=WORKSHOPS)
    return tuple(each for each in entries if named & set(each.links))
