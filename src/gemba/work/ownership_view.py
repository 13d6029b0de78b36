"""The ownership map in words and a table, with what is wanting first."""

from __future__ import annotations

from collections.abc import Iterator

from gemba.reports.sheet_facts import Cell, Figures, Part, Table, Words
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.ownership import Owned, OwnershipMap, ownership_map
from gemba.work.register_view import Asked, Gap, Proposal, RegisterView
from gemba.work.registers import EntryDraft


def ownership_view(desk: Desk, asked: Asked) -> RegisterView:
    """Who answers for what, and where nobody or more than one does."""
    found = ownership_map(desk, asked.place)
    return RegisterView(
        register="ownership",
        title=text("Who answers for what"),
        facts=found,
        parts=tuple(_parts(found)),
        gaps=tuple(Gap(one.finding, finding_words(one), one.subject) for one in found.findings),
        proposals=tuple(_proposed(one) for one in found.stages if _to_write(one)),
    )


def _parts(found: OwnershipMap) -> Iterator[Part]:
    if not found.stages:
        yield Words(text("There is no map of the work, no stage and no goal yet."), "quiet")
        return
    yield Figures(
        (
            (str(len(found.stages)), text("stages, steps and goals")),
            (_count(found, ""), text("with one owner")),
            (_count(found, "no_owner"), text("without an owner")),
            (_count(found, "two_owners"), text("with two owners")),
            (_count(found, "handoff"), text("hand over to somebody else")),
        ),
        (
            tuple(one.subject for one in found.stages),
            *(_subjects(found, finding) for finding in ("", "no_owner", "two_owners", "handoff")),
        ),
    )
    heads = (text("Stage"), text("Part of"), text("Owner"), text("Hands over to"), text("Steward"), text("Finding"))
    yield Table(heads, tuple(_row(one) for one in found.stages), (0, 26, 28, 24, 20, 24))


def _count(found: OwnershipMap, finding: str) -> str:
    return str(len(_subjects(found, finding)))


def _subjects(found: OwnershipMap, finding: str) -> tuple[str, ...]:
    return tuple(one.subject for one in found.stages if one.finding == finding)


def _row(one: Owned) -> tuple[str | Cell, ...]:
    return (
        one.stage,
        one.where or _sort(one),
        ", ".join(one.owners) or "–",
        one.handoff_to or "–",
        ", ".join(one.stewards) or "–",
        Cell(finding_title(one.finding), "poor", records=(one.subject,)) if one.finding else text("none"),
    )


def _sort(one: Owned) -> str:
    return text("goal") if one.subject.startswith("goal:") else text("everywhere")


def finding_title(code: str) -> str:
    """What a finding is called."""
    titles = {"no_owner": text("no owner"), "two_owners": text("two owners"), "handoff": text("handover")}
    return titles.get(code, "")


def finding_words(one: Owned) -> str:
    """A finding in a sentence."""
    stage = f"{one.stage} – {one.where}" if one.where else one.stage
    facts = {"stage": stage, "owners": ", ".join(one.owners), "to": one.handoff_to, "next": one.next_owner}
    return {
        "no_owner": text("Nobody answers for “{stage}”.", **facts),
        "two_owners": text("“{stage}” has more than one owner: {owners}.", **facts),
        "handoff": text("“{stage}” is handed over to {to}, but the next step belongs to {next}.", **facts),
    }[one.finding]


def _to_write(one: Owned) -> bool:
    """Steps that no entry of the ownership map names yet."""
    return one.subject.startswith("process_step:") and not one.entries


def _proposed(one: Owned) -> Proposal:
    fields = {"scope": text("The step “{stage}” of {map}", stage=one.stage, map=one.where), "step": one.subject}
    if len(one.owners) == 1:
        fields["role"] = one.owners[0]
    if one.next_owner and one.next_owner not in one.owners:
        fields["handoff_to"] = one.next_owner
    why = finding_title(one.finding) or text("not written down yet")
    return Proposal(one.subject.partition(":")[2], EntryDraft(one.stage, fields), f"{one.where}: {why}")
