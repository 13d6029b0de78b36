"""What follows in the demonstration: a survey, told against logged, risks, and entries of registers. All is made up."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

from gemba.domain.follow_through import Instrument
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.discrepancies import Told, note, settle
from gemba.work.import_survey import SurveyImport, take_survey
from gemba.work.records import known
from gemba.work.registers import EntryDraft, add, move
from gemba.work.risks import RiskDraft
from gemba.work.risks import add as add_risk

_SEED = 31
_ANSWERS = 420
_DAYS = 240


def follow(desk: Desk, sites: Sequence[Uid]) -> None:
    """Record what follows from complaints at these sites."""
    _survey(desk, sites)
    for told, logged in ((40, 12), (25, 18), (15, 15), (35, 14), (20, 16), (30, 22), (18, 19)):
        uid = note(desk, Told(text("waiting time"), told, logged, "min", place=sites[0])).uid
        if told == logged:
            settle(desk, uid, text("Both tell the same."))
    _risks(desk)
    _entries(desk, sites)


def _survey(desk: Desk, sites: Sequence[Uid]) -> None:
    """Answers of eight months; the first site does better than the others."""
    chance = random.Random(_SEED)  # noqa: S311 - a story that is the same every time
    with desk.reader() as reader:
        names = [known(reader, Place, site).name for site in sites]
    today = desk.clock().date()
    rows = ["day,score,place"]
    for at in range(_ANSWERS):
        which = at % len(names)
        score = chance.choice((10, 10, 9, 9, 8, 7) if which == 0 else (10, 9, 8, 7, 6, 5, 3))
        day = today - timedelta(days=chance.randrange(_DAYS))
        rows.append(f'{day},{score},"{names[which]}"')
    take_survey(desk, "\n".join(rows).encode(), SurveyImport(Instrument.NPS, text("After the visit")))


def _risks(desk: Desk) -> None:
    today = desk.clock().date()
    for mode, effect, ratings, days in (
        (text("One counter is open at noon"), text("Customers wait for half an hour"), (4, 8, 6, 3), -9),
        (text("The wrong form is given out"), text("Customers fill in everything twice"), (3, 5, 5, 4), 60),
        (text("The confirmation does not say when"), text("Customers call to ask"), (2, 3, 8, 3), 90),
    ):
        draft = RiskDraft(mode, effect, *ratings, owner=text("Branch manager"), review_by=today + timedelta(days=days))
        add_risk(desk, draft)


def _entries(desk: Desk, sites: Sequence[Uid]) -> None:
    today = desk.clock().date()
    defect = EntryDraft(
        text("Long wait at the counter"),
        {
            "definition": text("More than ten minutes from drawing the ticket to being called."),
            "unit": text("Visit"),
            "perceived_by": "customer",
            "example": text("Eleven minutes at noon is one; nine minutes on Monday morning is none."),
        },
        owner=text("Process owner counter service"),
    )
    move(desk, add(desk, "defect_definition", defect).uid, "in_force")
    post = EntryDraft(
        text("Tablet at the exit"),
        {
            "sort": "survey",
            "hears": text("How the visit went"),
            "bias": text("Those who left before they were served"),
            "cadence": text("Weekly"),
            "actionability": "2",
            "validity": "3",
            "burden": "2",
        },
        owner=text("Customer insight"),
        review_by=today - timedelta(days=2),
    )
    add(desk, "listening_post", post)
    pilot = EntryDraft(
        text("Second counter from eleven to one"),
        {
            "hypothesis": text("Fewer than one complaint a week about waiting at noon."),
            "where": text("One branch, compared with the other branch of the region"),
            "stop_rule": text("Stop when waiting in the morning exceeds fifteen minutes on three days."),
            "risk_limit": text("Nobody waits longer than today at any hour."),
        },
        place=sites[0],
        owner=text("Branch manager"),
    )
    add(desk, "pilot", pilot)
