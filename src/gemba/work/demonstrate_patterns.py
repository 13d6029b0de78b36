"""A pattern of the demonstration: what worked at one site, carried to another, where it is being looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from gemba.domain.actions import Action, ActionSort, ActionState, Effect
from gemba.domain.effects import DAYS, EffectCheck, EffectResult, check_uid
from gemba.domain.measures import Measure
from gemba.domain.patterns import Pattern, Transfer
from gemba.domain.record import Uid
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.demonstrate_complaints import SPARED
from gemba.work.desk import Desk

_SINCE, _THERE = SPARED.days, 40
"""Days since when the change is live where it comes from, and at the other place."""
_MEASURE = "untold-fees"
"""Code of the measure that shows it."""


def spread(desk: Desk, sites: Sequence[Uid]) -> None:
    """Write a pattern down that held at the first site, and carry it to the second; in one unit of work.

    Args:
        desk: of the demonstration store.
        sites: two at least.
    """
    with desk.unit() as unit:
        measures = unit.find(Measure, code=_MEASURE)
        home = _live(
            desk, unit, sites[0], _SINCE, text("Each customer is told the fee before the card is used abroad.")
        )
        checks = [check_uid(home.uid, home.live_on, days) for days in DAYS if home.live_on]
        pattern = Pattern(
            uid=desk.ids(),
            number=unit.number(Pattern),
            title=text("The fee is told before the card is used abroad"),
            problem=text("“Nobody told me about the fee for paying abroad.”"),
            context=text(
                "Customers order cards where somebody talks to them.\n"
                "The fee is in the leaflet already; it is a matter of telling, not of price."
            ),
            capability=text("Whoever hands a card out can say the fee in one sentence, with an example."),
            data=text("Complaints of fees that nobody told of a week, by branch."),
            how=text(
                "Write the three fees that are complained of most on a card of their own.\n"
                "Ask each customer who orders a card where it will be used.\n"
                "Tell the fee that follows, and tick on the order that it was told.\n"
                "Read the complaints of fees together each Friday."
            ),
            proof=text("Complaints of fees fell from about one a week to one a month, and stayed there."),
            place=sites[0],
            step="pay",
            cause="fee",
            action=home.uid,
            links=(
                f"action:{home.uid}",
                *(f"effect_check:{uid}" for uid in checks),
                *(f"measure:{one.uid}" for one in measures),
            ),
            owner=text("Product owner cards"),
            made_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(pattern)
        there = _live(desk, unit, sites[1], _THERE, text("Take over “{title}”", title=pattern.title))
        unit.put(
            Transfer(
                uid=desk.ids(),
                number=unit.number(Transfer),
                pattern=pattern.uid,
                place=sites[1],
                action=there.uid,
                adapted=text("Two languages stand on the card there: every third customer reads the other one."),
                made_at=_ago(desk, _THERE + 14),
                person=desk.person.uid,
            )
        )


def _live(desk: Desk, unit: Unit, place: Uid, days: int, what: str) -> Action:
    """An improvement that went live so many days ago, was seen to help, and was looked at as often as it was due."""
    then = _ago(desk, days)
    live_on = then.date()
    made = Action(
        uid=desk.ids(),
        number=unit.number(Action),
        place=place,
        sort=ActionSort.IMPROVEMENT,
        text=what,
        owner=text("Branch operations lead"),
        due=live_on,
        state=ActionState.DONE,
        done_at=then,
        proof=text("The orders of the first week are ticked; the card lies at each desk."),
        added_at=_ago(desk, days + 14),
        person=desk.person.uid,
        live_on=live_on,
        effect=Effect.EFFECTIVE,
        verified_at=_ago(desk, days - 8),
        verification=text("Complaints of fees a week were counted before and after."),
        similar="yes",
        similar_note=text("Other branches hand cards out in the same way."),
    )
    unit.put(made)
    unit.put_many([_check(desk, made, each, days) for each in DAYS])
    return made


def _check(desk: Desk, action: Action, each: int, days: int) -> EffectCheck:
    looked = each < days
    live_on = action.live_on or action.due
    return EffectCheck(
        uid=check_uid(action.uid, live_on, each),
        action=action.uid,
        place=action.place,
        days=each,
        due=live_on + timedelta(days=each),
        result=EffectResult.HOLDS if looked else EffectResult.DUE,
        note=text("Nine of ten orders are ticked; one complaint of a fee in a month.") if looked else "",
        looked_at=_ago(desk, days - each) if looked else None,
        made_at=_ago(desk, days),
        person=desk.person.uid,
    )


def _ago(desk: Desk, days: int) -> datetime:
    return desk.clock() - timedelta(days=days)
