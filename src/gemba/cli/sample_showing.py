"""How samples are told on the command line."""

from __future__ import annotations

import msgspec

from gemba.cli.saying import table
from gemba.domain.decisions import Decision
from gemba.domain.record import Uid
from gemba.domain.samples import SampleItem
from gemba.store.reading import Reader
from gemba.wording import text
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
