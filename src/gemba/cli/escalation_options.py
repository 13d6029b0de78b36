"""What the commands on escalations ask for alike."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from gemba.cli.escalation_showing import words_of
from gemba.cli.naming import named
from gemba.cli.saying import say
from gemba.domain.actions import Action
from gemba.domain.complaints import Complaint
from gemba.domain.decisions import Decision
from gemba.domain.findings import Finding
from gemba.domain.follow_through import RegisterEntry
from gemba.domain.places import Place
from gemba.domain.record import Record
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.escalation_facts import facts_of
from gemba.work.escalation_subjects import NOUNS
from gemba.work.places import place_named

Uid = Annotated[str, typer.Argument(help="Number or uid of the escalation.", show_default=False)]
Tried = Annotated[str, typer.Option("--tried", help="What was tried; never empty.")]
NextStep = Annotated[str, typer.Option("--next", help="What happens next.")]
NextBy = Annotated[datetime | None, typer.Option("--by", formats=["%Y-%m-%d"], help="Until when.")]
CustomerSide = Annotated[str, typer.Option("--customer-side", help="What speaks for the customer.")]
OtherSide = Annotated[str, typer.Option("--other-side", help="What speaks for the rule, the risk or the cost.")]

_NUMBERED: dict[str, type[Record]] = {
    "finding": Finding,
    "action": Action,
    "complaint": Complaint,
    "decision": Decision,
    "register_entry": RegisterEntry,
}


def subject_of(reader: Reader, said: str) -> tuple[str, str]:
    """Noun and uid of what `finding:F-7KQ2MD-0001` names; signals are named by uid.

    Raises:
        Refusal: nothing is escalated of that noun, or there is no such record.
    """
    noun, _, name = said.partition(":")
    if noun not in NOUNS:
        raise Refusal("work.escalation_subject", noun=noun, known=", ".join(NOUNS))
    return (noun, named(reader, _NUMBERED[noun], name).uid) if noun in _NUMBERED else (noun, name)


def place_known(desk: Desk, name: str) -> str:
    """The uid of a place that is known: nothing is escalated from, or to, a place that came about by a slip of a key.

    Raises:
        Refusal: there is none of this name or uid.
    """
    with desk.reader() as reader:
        found = reader.get(Place, name) or place_named(reader, name)
    if found is None:
        raise Refusal("cli.unknown", noun="place", name=name)
    return found.uid


def day_of(moment: datetime | None) -> date | None:
    """The day that an option named."""
    return moment.date() if moment is not None else None


def tell(desk: Desk, uid: str, *, as_json: bool) -> None:
    """Say how an escalation stands now."""
    with desk.reader() as reader:
        facts = facts_of(reader, uid)
    say(facts, words_of(facts), as_json=as_json)
