"""How samples are told on the command line, and how their options are read."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gemba.cli.saying import table
from gemba.domain.decisions import Decision
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.samples import SampleItem
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.goals_in_force import goal_named, lineage
from gemba.work.places import place_named
from gemba.work.sample_facts import SampleFacts
from gemba.work.sample_words import double_words, in_short, replaced_words


class ItemShown(msgspec.Struct, frozen=True):
    """One drawn decision."""

    position: int
    decision: Uid
    number: str
    decided_on: str
    title: str
    stratum: str
    weight: float
    is_double: bool


class SampleShown(msgspec.Struct, frozen=True):
    """A sample with what was drawn."""

    facts: SampleFacts
    items: tuple[ItemShown, ...]
    replaced: str


def told(reader: Reader, facts: SampleFacts) -> SampleShown:
    """A sample with its decisions as they are now."""
    drawn = sorted(reader.find(SampleItem, sample=facts.sample.uid), key=lambda one: one.position)
    now = {one.uid: one for one in reader.many(Decision, [one.decision for one in drawn])}
    names = {one.key: one.name for one in facts.strata}
    items = tuple(
        ItemShown(
            item.position,
            item.decision,
            now[item.decision].number,
            now[item.decision].decided_on.isoformat(),
            now[item.decision].title,
            names.get(item.stratum, item.stratum),
            item.weight,
            item.is_double,
        )
        for item in drawn
        if item.decision in now
    )
    return SampleShown(facts, items, replaced_words(reader, facts))


def words(shown: SampleShown) -> str:
    """The same for people."""
    facts = shown.facts
    lines = [f"{facts.audit}: {in_short(facts)}", double_words(facts), *([shown.replaced] if shown.replaced else [])]
    lines += [*facts.proof, *facts.shows, *facts.hides]
    if facts.sample.strata:
        rows = [(one.name, one.population, one.drawn) for one in facts.strata]
        lines += ["", table(rows, [text("Stratum"), text("Decisions"), text("Drawn")])]
    rows_of = [
        (one.position, one.number, one.decided_on, one.stratum, text("both") if one.is_double else "", one.title)
        for one in shown.items
    ]
    heads = [text(name) for name in ("No.", "Decision", "Decided", "Stratum", "Judged by", "What was decided")]
    return "\n".join([*lines, "", table(rows_of, heads), facts.sample.uid])


def filters(reader: Reader, said: Sequence[str]) -> dict[str, str]:
    """Conditions FIELD=VALUE[,VALUE]; places by name become uids, goals their codes.

    Raises:
        Refusal: `cli.bad_condition`, `cli.unknown`, `work.unknown_goal`.
    """
    found: dict[str, str] = {}
    for each in said:
        field, value = _pair(each)
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if field == "place":
            parts = [_place(reader, part) for part in parts]
        if field == "goal":
            codes = lineage(reader)
            parts = [codes[goal_named(reader, part).uid] for part in parts]
        found[field] = ",".join(parts)
    return found


def spreads(reader: Reader, strata: str, said: Sequence[str]) -> dict[str, float]:
    """Spreads STRATUM=SPREAD.

    Raises:
        Refusal: `cli.bad_condition`, `cli.unknown`.
    """
    found: dict[str, float] = {}
    for each in said:
        stratum, value = _pair(each)
        try:
            found[_place(reader, stratum) if strata == "place" else stratum] = float(value)
        except ValueError:
            raise Refusal("cli.bad_condition", said=each) from None
    return found


def _pair(said: str) -> tuple[str, str]:
    field, sign, value = said.partition("=")
    if not sign or not field.strip() or not value.strip():
        raise Refusal("cli.bad_condition", said=said)
    return field.strip(), value.strip()


def _place(reader: Reader, name: str) -> Uid:
    found = reader.get(Place, name) or place_named(reader, name)
    if found is None:
        raise Refusal("cli.unknown", noun="place", name=name)
    return found.uid
