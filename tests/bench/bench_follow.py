"""From finding to verified change at size: lists, board, leaders' log, start page and recurrence.

50,000 findings, 100,000 actions and 5,000 escalations of four years at 400 sites, kept with their operations in an
encrypted store. Run by hand: python -m tests.bench.bench_follow [FINDINGS]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from tests.bench.bench_escalations import fill as fill_escalations
from tests.bench.bench_escalations import say, uid

from gemba.domain.actions import Action, ActionSort, ActionState, Effect, Lane
from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.domain.goals import Goal
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.record import Record
from gemba.domain.templates import Template
from gemba.domain.vocabularies import Facet
from gemba.store import action_lanes
from gemba.store.lists import ACTIONS, FINDINGS, Query
from gemba.store.reading import Reader
from gemba.ui.audits.audits_due import read_audits_due
from gemba.ui.complaints import running_out as complaints_due
from gemba.ui.escalations import running_out as escalations_due
from gemba.ui.insights.signals_card import open_signals
from gemba.ui.pages.settings_left import read_left
from gemba.ui.pages.today import read_today
from gemba.ui.rotations.promises_due import read_promises_due
from gemba.ui.walks.week_card import read_walks_of_week
from gemba.work.board_cards import shown_board
from gemba.work.desk import Desk
from gemba.work.escalation_log import log_facts
from gemba.work.left_behind import left_behind
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.places import add_place
from gemba.work.seen_before import seen_before
from gemba.work.vocabularies import Words, release

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
SITES, REGIONS, WALKS, GOALS, OWNERS = 400, 20, 10_000, 12, 300
BATCH = 5_000
PAGE, LOG, START, LOOK = 100.0, 1000.0, 200.0, 100.0
"""At most so many milliseconds: a first page, the log of a year, the start page, a look for the same."""
WORDS = ("counter", "queue", "parcel", "refund", "label", "shift", "call", "back", "promise", "delivery", "opening")
STEPS = {f"step{n}": f"Step {n}" for n in range(20)}
CAUSES = {f"cause{n}": f"Cause {n}" for n in range(30)}


def fill(desk: Desk, count: int) -> None:
    """So many findings with two actions each, and what they name."""
    chance = random.Random(7)
    sites = _places(desk)
    release(desk, Facet.STEP, Words(terms=STEPS))
    release(desk, Facet.CAUSE, Words(terms=CAUSES))
    goals = [_goal(desk, number) for number in range(GOALS)]
    walks = list(_walks(desk, chance, sites))
    _keep(
        desk,
        [Person(uid=uid(), name=f"Owner {n}", left_on=NOW.date() if n % 100 == 0 else None) for n in range(OWNERS)],
    )
    _keep(desk, goals)
    _keep(desk, walks)
    findings = [_finding(desk, chance, number, walks[number % WALKS]) for number in range(count)]
    _keep(desk, findings)
    _keep(desk, [_action(desk, chance, n, findings[n // 2], goals) for n in range(2 * count)])
    fill_escalations(desk, max(50, count // 10))


def _places(desk: Desk) -> list[str]:
    top = add_place(desk, "Enterprise").uid
    regions = [Place(uid=uid(), name=f"Region {n}", parent=top) for n in range(REGIONS)]
    sites = [Place(uid=uid(), name=f"Town {n}", parent=regions[n % REGIONS].uid) for n in range(SITES)]
    _keep(desk, regions)
    _keep(desk, sites)
    return [one.uid for one in sites]


def _goal(desk: Desk, number: int) -> Goal:
    said = {"title": f"Goal {number}", "statement": "We answer within a day.", "need": "I want to know."}
    at = {"valid_from": date(2022, 1, 1), "made_at": NOW, "person": desk.person.uid}
    return Goal(uid=uid(), code=f"G{number}", version=1, **said, **at)


def _walks(desk: Desk, chance: random.Random, sites: Sequence[str]) -> Iterator[Assessment]:
    with desk.reader() as reader:
        template = reader.find(Template, kind="walk")[0]
    for number in range(WALKS):
        when = NOW - timedelta(hours=chance.random() * 4 * 365 * 24)
        yield Assessment(
            uid=uid(),
            number=f"A-BENCH0-{number:05}",
            template=template.uid,
            kind="walk",
            title="Walk",
            place=chance.choice(sites),
            person=desk.person.uid,
            state=AssessmentState.DRAFT if number % 500 == 0 else AssessmentState.CONCLUDED,
            started_at=when,
            concluded_at=None if number % 500 == 0 else when + timedelta(hours=2),
        )


def _finding(desk: Desk, chance: random.Random, number: int, walk: Assessment) -> Finding:
    return Finding(
        uid=uid(),
        number=f"F-BENCH0-{number:06}",
        assessment=walk.uid,
        place=walk.place,
        criterion="What should have been",
        grade=chance.choices(list(FindingGrade), [2, 18, 20, 50, 10])[0],
        text=_said(chance, 25) + (" needle" if number % 2_000 == 0 else ""),
        state=FindingState.OPEN if chance.random() < 0.1 else FindingState.CLOSED,
        raised_at=walk.started_at + timedelta(minutes=5),
        person=desk.person.uid,
        step=chance.choice(list(STEPS)),
        cause=chance.choice(list(CAUSES)),
    )


def _action(desk: Desk, chance: random.Random, number: int, finding: Finding, goals: Sequence[Goal]) -> Action:
    is_open = chance.random() < 0.2
    is_rated = chance.random() < 0.7
    rating = {name: chance.randint(1, 5) for name in ("impact", "reach", "confidence", "effort")} if is_rated else {}
    due = (finding.raised_at + timedelta(days=chance.randint(1, 120))).date()
    return Action(
        uid=uid(),
        number=f"C-BENCH0-{number:06}",
        finding=finding.uid,
        assessment=finding.assessment,
        place=finding.place,
        sort=chance.choice(list(ActionSort)),
        text=_said(chance, 12),
        owner=f"Owner {chance.randrange(OWNERS)}",
        due=NOW.date() + timedelta(days=chance.randint(-60, 90)) if is_open else due,
        state=ActionState.OPEN if is_open else ActionState.DONE,
        done_at=None if is_open else finding.raised_at + timedelta(days=20),
        proof="" if is_open else "It was seen.",
        added_at=finding.raised_at,
        person=desk.person.uid,
        lane=chance.choice(list(Lane)) if is_open else Lane.TODO,
        goal=chance.choice(goals).uid if chance.random() < 0.5 else None,
        effect=Effect.UNKNOWN if is_open else chance.choice(list(Effect)),
        **rating,
    )


def _said(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count))


def _keep(desk: Desk, records: Sequence[Record]) -> None:
    for begin in range(0, len(records), BATCH):
        with desk.unit() as unit:
            unit.put_many(records[begin : begin + BATCH])


def lists(desk: Desk, reader: Reader) -> dict[str, Callable[[], object]]:
    """First pages, by owner, place, goal and age."""
    site = next(one for one in reader.find(Place) if one.name == "Town 7").uid
    region = next(one for one in reader.find(Place) if one.name == "Region 3").uid
    goal = reader.find(Goal)[0].uid
    findings = {
        "newest first": Query(sort="raised_at", descending=True),
        "oldest open": Query(where={"state": ("open",)}, sort="raised_at"),
        "one site": Query(where={"place": (site,)}, sort="raised_at", descending=True),
        "a region, open": Query(where={"place": (region,), "state": ("open",)}, sort="raised_at"),
        "major, by place": Query(where={"grade": ("major",)}, sort="place"),
        "search": Query(search="needle"),
    }
    actions = {
        "what is due first": Query(where={"state": ("overdue", "open")}, sort="due"),
        "overdue": Query(where={"state": ("overdue",)}, sort="due"),
        "one owner": Query(where={"owner": ("Owner 7",)}, sort="due"),
        "by owner": Query(sort="owner"),
        "one site": Query(where={"place": (site,)}, sort="due"),
        "a region, open": Query(where={"place": (region,), "state": ("open",)}, sort="due"),
        "search": Query(search="refund"),
    }
    first: dict[str, Callable[[], object]] = {
        f"findings, {name}": partial(FINDINGS.first, reader, query) for name, query in findings.items()
    }
    first |= {f"actions, {name}": partial(ACTIONS.first, reader, query) for name, query in actions.items()}
    for name, where in (
        ("whole", {}),
        ("one owner", {"owner": "Owner 7"}),
        ("one site", {"place": site}),
        ("a region", {"place": region}),
        ("a goal", {"goal": goal}),
        ("older than 60 days", {"older": "60"}),
    ):
        first[f"board, {name}"] = partial(shown_board, desk, where)
    for by in ("owner", "place", "goal"):
        first[f"board, swim lanes by {by}"] = partial(shown_board, desk, {}, by=by)
        first[f"open actions grouped by {by}"] = partial(action_lanes.groups, reader, by, {}, 100)
    return first


def start_page(desk: Desk) -> None:
    """All that Today reads."""
    read_today(desk)
    read_promises_due(desk)
    read_left(desk)
    complaints_due.read_running_out(desk)
    escalations_due.read_running_out(desk)
    read_audits_due(desk)
    read_walks_of_week(desk)
    open_signals(desk)


def main(count: int) -> None:
    """Fill a store, open it, and ask."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "store"
        desk = make_desk(folder, clock=lambda: NOW, ids=uid, demo=True)
        begin = time.perf_counter()
        fill(desk, count)
        took = time.perf_counter() - begin
        desk.store.close()
        size = (folder / "gemba.db").stat().st_size / 2**20
        print(f"{count} findings, {2 * count} actions kept in {took:.0f} s; {size:.0f} MiB")
        desk = open_desk(folder, clock=lambda: NOW, ids=uid)
        begin, busy = time.perf_counter(), time.process_time()
        start_page(desk)
        print(
            f"start page after opening, cold: {(time.perf_counter() - begin) * 1000:.0f} ms, "
            f"processor {(time.process_time() - busy) * 1000:.0f} (at most {START:.0f})"
        )
        say("start page again", lambda: start_page(desk), START)
        with desk.reader() as reader:
            for name, ask in lists(desk, reader).items():
                say(name, ask, PAGE)
            site = next(one for one in reader.find(Place) if one.name == "Town 7").uid
            say("found before: step and cause", lambda: seen_before(reader, site, "step3", "cause4"), LOOK)
            say("found before: step, enterprise", lambda: seen_before(reader, _top(reader), "step3"), LOOK)
            say("what waits for who left", lambda: left_behind(reader, NOW.date()), LOOK)
        year = (date(2025, 6, 2), NOW.date())
        say("leaders' log of a year", lambda: log_facts(desk, begins=year[0], ends=year[1]), LOG)
        desk.store.close()


def _top(reader: Reader) -> str:
    return next(one for one in reader.find(Place) if one.name == "Enterprise").uid


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
