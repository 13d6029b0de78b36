"""What stands in the registers of the demonstration, so that each view has something to show. All is made up."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from gemba.domain.actions import Action
from gemba.domain.goals import Goal
from gemba.domain.measures import MeasureSort, Period
from gemba.domain.process_maps import ProcessMap, StepSort
from gemba.domain.quarters import quarter_of, quarters_until
from gemba.domain.record import Uid
from gemba.wording import text
from gemba.work import measure_values, measures
from gemba.work.desk import Desk
from gemba.work.goals_in_force import in_force
from gemba.work.process_maps import add_step, make_map, maps, standing
from gemba.work.registers import EntryDraft, add, move

_SEED, _MONTHS = 47, 20


def register(desk: Desk, sites: Sequence[Uid]) -> None:
    """Put measures and entries.

    Args:
        desk: of the demonstration store, with its goals and its map.
        sites: four places.
    """
    today = desk.clock().date()
    with desk.reader() as reader:
        goals = in_force(reader, None, today)
        (way, *_) = maps(reader)
    series = _measures(desk, today)
    _of_measures(desk, series, today)
    _owners(desk, way, today)
    _documents(desk, goals, today)
    _practices(desk, sites, goals, today)
    _guardrails(desk, today)
    _voices(desk, sites, today)


def _put(
    desk: Desk, of: str, title: str, state: str = "", place: Uid | None = None, owner: str = "", **said: str
) -> None:
    uid = add(desk, of, EntryDraft(title, said, place=place, owner=owner)).uid
    if state:
        move(desk, uid, state)


def _measures(desk: Desk, today: date) -> dict[str, Uid]:
    """What customers feel, what leads it by a month, what goes against it, and what follows nothing."""
    chance = random.Random(_SEED)  # noqa: S311 - a story that is the same every time
    felt = [chance.gauss(0, 1) for _ in range(_MONTHS + 1)]
    told = (
        ("satisfied", text("Satisfied customers"), "up", True, [78 + 3 * x for x in felt[:-1]]),
        (
            "first-visit",
            text("Settled at the first visit"),
            "up",
            False,
            [64 + 4 * x + chance.gauss(0, 1) for x in felt[1:]],
        ),
        (
            "talks",
            text("Talks an adviser holds in a day"),
            "up",
            False,
            [11 - x + chance.gauss(0, 0.4) for x in felt[:-1]],
        ),
        (
            "forms",
            text("Forms filed within the day"),
            "up",
            False,
            [90 + 2 * chance.gauss(0, 1) for _ in range(_MONTHS)],
        ),
    )
    found: dict[str, Uid] = {}
    for code, title, direction, is_customer, values in told:
        made = measures.NewMeasure(
            code=code, title=title, sort=MeasureSort.VALUES, period=Period.MONTH, unit="%" if code != "talks" else "",
            direction=direction, is_customer=is_customer,
        )  # fmt: skip
        found[code] = measures.add(desk, made).uid
        month = today.year * 12 + today.month - 1 - len(values)
        for at, value in enumerate(values):
            day = date((month + at) // 12, (month + at) % 12 + 1, 1)
            measure_values.enter(desk, found[code], day, round(value, 1))
    return found


def _of_measures(desk: Desk, series: dict[str, Uid], today: date) -> None:
    links = {code: f"measure:{uid}" for code, uid in series.items()}
    for code, weight, worst, best in (("satisfied", "60", "60", "95"), ("first-visit", "40", "40", "90")):
        _put(desk, "composite_metric", text("Closeness to customers"), "in_force", segment=text("private customers"),
             measure=links[code], weight=weight, worst=worst, best=best,
             because=text("Customers named it first in the interviews of the spring."))  # fmt: skip
    _put(desk, "metric_conflict", text("Many talks against good talks"), first=links["talks"],
         first_owner=text("Head of advice"), second=links["satisfied"], second_owner=text("Head of service"),
         shows=text("Advisers end talks early on the last days of the month."))  # fmt: skip
    last = today - timedelta(days=95)
    _put(desk, "metric_audit", text("Settled at the first visit"), "judged", measure=links["first-visit"],
         quarter=quarter_of(last), answers=text("Head of branches"), used="yes", outcome=links["satisfied"],
         decision=text("How many counters open at noon"), verdict="keep", why=text("It leads what customers feel."),
         recalibrated_on=(today - timedelta(days=600)).isoformat())  # fmt: skip


def _owners(desk: Desk, way: ProcessMap, today: date) -> None:
    """The borrower's journey, one owner, and where value leaks."""
    journey = make_map(desk, text("The borrower's journey"), begins_with=text("A wish"), ends_with=text("The loan")).uid
    for code, title, owner in (
        ("advise", text("I ask what is possible"), text("Head of advice")),
        ("apply", text("I hand in my papers"), text("Branch operations lead")),
        ("", text("I wait for an answer"), ""),
        ("contract", text("I sign"), text("Lending / Branch operations")),
    ):
        sort = StepSort.PROCESS if code else StepSort.QUEUE
        add_step(desk, journey, title, code=code, owner=owner, sort=sort)
    with desk.reader() as reader:
        steps, work = standing(reader, journey), standing(reader, way.uid)
    _put(desk, "ownership", text("From the papers to the decision"), "in_force",
         role=text("Head of lending operations"), scope=text("From papers handed in to a decision told"),
         handoff_to=text("Contract desk"), steward=text("Steward of Region North"),
         step=f"process_step:{work[2].uid}")  # fmt: skip
    _put(desk, "journey_alignment", text("Waiting for an answer"), journey_step=f"process_step:{steps[2].uid}",
         process_step=f"process_step:{work[2].uid}", mate="same", leak="much", quarter=quarter_of(today),
         leaks=text("Nobody tells the borrower what is missing; a third call the branch."))  # fmt: skip


def _documents(desk: Desk, goals: Sequence[Goal], today: date) -> None:
    handbook, training = text("Branch handbook"), text("Training of new advisers")
    for goal, document, found, version, ago in (
        (goals[0], handbook, "yes", "4", 40),
        (goals[0], training, "part", "2", 460),
        (goals[1], handbook, "yes", "3", 200),
        (goals[2], training, "missing", "", 30),
    ):
        seen = {"seen_on": (today - timedelta(days=ago)).isoformat(), "found": found}
        if version:
            seen |= {"version": version, "where": text("Chapter {n}", n=version)}
        sort = "training" if document == training else "instruction"
        _put(desk, "document_audit", document, subject=f"goal:{goal.uid}", sort=sort, **seen)


def _practices(desk: Desk, sites: Sequence[Uid], goals: Sequence[Goal], today: date) -> None:
    """Practices and behaviours at the sites: two ready, one not, one that claims more than it shows."""
    shows = f"goal:{goals[0].uid}"
    names = (text("Going to where customers are served"), text("Closing the loop"), text("Deciding at the counter"))
    for site, levels, claimed in zip(sites, ((3, 2, 2), (1, 2, 0), (2, 3, 2), (1, 1, 1)), (0, 0, 0, 2), strict=True):
        for name, level in zip(names, levels, strict=True):
            evidence = {f"evidence_{at}": shows for at in range(1, level + 1)}
            day = (today - timedelta(days=50)).isoformat()
            _put(desk, "maturity", name, place=site, judged_on=day, level=str(max(level, claimed)), **evidence)
    for site, seen in zip(sites[:3], (17, 9, 3), strict=True):
        _put(desk, "behaviour_adoption", text("Says what happens next before the customer asks"), place=site,
             observed_on=(today - timedelta(days=20)).isoformat(), chances="20", seen=str(seen))  # fmt: skip


def _guardrails(desk: Desk, today: date) -> None:
    later = (today + timedelta(days=200)).isoformat()
    _put(desk, "exception_standard", text("Fee given back after a late answer"), "in_force", code="late-answer",
         scenario="fee", role=text("Adviser"), limit="25", unit="EUR",
         condition=text("The answer came later than the date that was told."),
         valid_from=(today - timedelta(days=100)).isoformat(), valid_until=later)  # fmt: skip
    _put(desk, "trade_off", text("One form for all, or one for each branch"), "decided", sort="standard_custom",
         one=text("One form that every branch knows"), other=text("Questions that fit the customer of this branch"),
         decision=text("One core form; a branch may add three questions."), decided_by=text("Head of branches"),
         decided_on=(today - timedelta(days=60)).isoformat(), until=later,
         reopens=text("More than a tenth of the customers answer a question twice."))  # fmt: skip
    _put(desk, "data_use_audit", text("Answering complaints"), data=text("Contact data, what was told"),
         declared=text("To answer and to learn from it"), use=text("Answers, and counts without names"), fits="yes",
         quarter=quarter_of(today), consent="yes", minimal="yes", kept="unknown", access="yes",
         shared="not_needed")  # fmt: skip


def _voices(desk: Desk, sites: Sequence[Uid], today: date) -> None:
    """What teams said while a change was rolled out, on leaving, and of what other departments hand them."""
    with desk.reader() as reader:
        live = next((one for one in reader.find(Action, place=sites[0]) if one.live_on is not None), None)
    for days, understand, able in ((30, "3.4", "2.8"), (60, "4.1", "3.9"), (90, "4.3", "4.2")):
        if live is not None:
            _put(desk, "rollout_pulse", live.text, place=sites[0], owner=text("Branch manager"),
                 roll_out=f"action:{live.uid}", day=str(days), asked="9", answered="7", able=able,
                 understand=understand, better="3.8",
                 obstacles=text("At noon nobody has the minute that it takes."))  # fmt: skip
    barriers = (text("The price list is never of today."), text("Nobody may decide at the counter."))
    for site, barrier in zip(sites, barriers, strict=False):
        _put(desk, "exit_interview", text("Adviser"), place=site, step="apply", cause="hand_off", barrier=barrier,
             held_on=(today - timedelta(days=40)).isoformat())  # fmt: skip
    for quarter, on_time in zip(quarters_until(quarter_of(today), 2), ("2.4", "3.1"), strict=True):
        _put(desk, "internal_feedback", text("Applications that can be worked on"), provider=text("Branches"),
             customer=text("Lending office"), answers="6", quarter=quarter, complete="3.2",
             on_time=on_time)  # fmt: skip
