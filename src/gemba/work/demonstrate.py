"""A store to try things in: an organisation, walks in every state, findings with photos, actions due and overdue.

Nothing in it is real, no person is named, and it opens without a question. What is recorded goes the same way as real
work: through the use cases, into the journal.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from gemba.domain.actions import ActionSort
from gemba.domain.findings import FindingGrade
from gemba.domain.places import Level
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.shipped import resource
from gemba.wording import text
from gemba.work import conduct, follow_action, similar_elsewhere
from gemba.work.attach_evidence import attach
from gemba.work.conclude import conclude, outlook
from gemba.work.conduct import open_sheet
from gemba.work.demonstrate_audits import audit
from gemba.work.demonstrate_complaints import complain
from gemba.work.demonstrate_decisions import decide
from gemba.work.demonstrate_escalations import go_up
from gemba.work.demonstrate_filling import fill_in
from gemba.work.demonstrate_follow import follow
from gemba.work.demonstrate_improvement import improve
from gemba.work.demonstrate_meetings import meet
from gemba.work.demonstrate_patterns import spread
from gemba.work.demonstrate_promises import promise
from gemba.work.demonstrate_registers import register
from gemba.work.demonstrate_rotations import rotate
from gemba.work.demonstrate_walks import lay_route, note_walk
from gemba.work.desk import Desk
from gemba.work.open_desk import make_desk
from gemba.work.places import add_place
from gemba.work.raise_finding import Beside, raise_finding
from gemba.work.similar_elsewhere import Answer


class _Story(msgspec.Struct, frozen=True):
    """One assessment of the demonstration."""

    kind: str
    place: str
    days_ago: int
    seed: int
    share: float
    """How much of it is answered, 0 to 1; 1 is concluded."""
    spirit: float
    """How well the place does, 0 to 1."""
    findings: tuple[_Seen, ...] = ()


class _Seen(msgspec.Struct, frozen=True):
    """One finding of the demonstration."""

    grade: FindingGrade
    criterion: str
    text: str
    photo: str = ""
    action: str = ""
    owner: str = ""
    due_in: int = 14
    done: str = ""
    contained: str = ""


def make_demo_store(folder: Path, *, clock: Callable[[], datetime], ids: Callable[[], Uid]) -> Desk:
    """Make a demonstration store in `folder` and open it.

    Raises:
        Refusal: there is a store already.
        Trouble: the folder cannot be written.
    """
    desk = make_desk(folder, clock=clock, ids=ids, demo=True, person_name=text("Demonstration auditor"))
    places = _organisation(desk)
    for story in _stories():
        route = lay_route(desk, places[story.place], story.days_ago) if story.kind == "walk" else ""
        _tell(desk, story, places, route)
    sites = list(places.values())
    improve(desk, sites, complain(desk, sites))
    follow(desk, sites)
    promise(desk, sites)
    decide(desk, sites)
    audit(desk, sites)
    go_up(desk, sites)
    rotate(desk, sites)
    meet(desk, sites)
    spread(desk, sites)
    register(desk, sites)
    return desk


def _organisation(desk: Desk) -> dict[str, Uid]:
    """An enterprise with two regions and their sites; uids by name."""
    top = add_place(desk, text("Meridian Services"), level=Level.ENTERPRISE).uid
    tree = {
        text("Region North"): (text("Harbour branch"), text("Market Street branch")),
        text("Region South"): (text("Hillside service centre"), text("Station kiosk")),
    }
    found: dict[str, Uid] = {}
    for region, sites in tree.items():
        above = add_place(desk, region, level=Level.REGION, parent=top).uid
        for site in sites:
            found[site] = add_place(desk, site, parent=above, zone="Europe/Berlin").uid
    return found


def _stories() -> Sequence[_Story]:
    """What happened: concluded work first, then what is under way."""
    queue = _Seen(
        FindingGrade.MAJOR,
        text("Customers are served within ten minutes"),
        text("Two of three counters were closed at noon; eight customers waited, the longest for 26 minutes."),
        photo="queue-at-one-counter.jpg",
        action=text("Move the lunch break of one counter to half past one and show the plan at the entrance."),
        owner=text("Branch manager"),
        due_in=-3,
    )
    sign = _Seen(
        FindingGrade.MINOR,
        text("Customers find their way without asking"),
        text("The sign for returns stands behind a plant; three customers in twenty minutes asked at the wrong desk."),
        photo="sign-behind-the-plant.jpg",
        action=text("Move the plant, and hang the sign where it is seen from the door."),
        owner=text("Service team lead"),
        contained=text("A colleague stood at the door until noon and showed the way."),
        done=text("Plant moved, sign hung above desk 4; nobody asked on the next day."),
    )
    shelf = _Seen(
        FindingGrade.MINOR,
        text("Everything has a place and a label"),
        text("Spare forms and returned goods share one shelf without labels; finding a form took four minutes."),
        photo="unlabelled-shelf.jpg",
        action=text("Label the shelf by process step and set a largest amount for each."),
        owner=text("Back-office lead"),
        due_in=9,
    )
    board = _Seen(
        FindingGrade.GOOD_PRACTICE,
        text("Tools are where the work is"),
        text("Shadow board with every tool in its place; new colleagues find all of them within a minute."),
        photo="bench-with-shadow-board.jpg",
    )
    return (
        _Story("rotation", text("Harbour branch"), 12, 5, 1.0, 0.75, (queue,)),
        _Story("area_audit", text("Hillside service centre"), 9, 11, 1.0, 0.7, (shelf, board)),
        _Story("walk", text("Market Street branch"), 6, 3, 1.0, 0.8, (sign,)),
        _Story("rotation", text("Station kiosk"), 2, 8, 0.45, 0.6),
        _Story("area_audit", text("Market Street branch"), 0, 21, 0.2, 0.9),
    )


def _tell(desk: Desk, story: _Story, places: dict[str, Uid], route: Uid) -> None:
    """Record one story as it would have been recorded on its day."""
    then = msgspec.structs.replace(desk, clock=lambda: desk.clock() - timedelta(days=story.days_ago))
    with desk.reader() as reader:
        template = next(item for item in reader.find(Template) if item.kind == story.kind)
    due = (then.clock() + timedelta(days=3)).date() if story.share < 1 else None
    subject = f"route:{route}" if route else ""
    assessment = conduct.start(then, template.uid, places[story.place], due=due, subject=subject).uid
    fill = open_sheet(then, assessment).fill
    chance = random.Random(story.seed)  # noqa: S311 - a story, not a secret
    conduct.answer_all(then, assessment, fill_in(fill, chance, story.share, story.spirit, then.clock()))
    for seen in story.findings:
        _raise(then, desk, assessment, seen)
    if route:
        note_walk(then, assessment, route)
    if story.share >= 1:
        for path in outlook(then, assessment).critical:
            conduct.note(then, assessment, path, text("Seen twice within the hour; see the findings."))
        conclude(then, assessment)


def _raise(then: Desk, desk: Desk, assessment: Uid, seen: _Seen) -> None:
    evidence = []
    if seen.photo:
        data = resource("demo", seen.photo).read_bytes()
        evidence.append(attach(then, assessment, data, seen.photo).uid)
    finding = raise_finding(
        then,
        assessment,
        grade=seen.grade,
        criterion=seen.criterion,
        text=seen.text,
        evidence=evidence,
        beside=Beside(contained=seen.contained),
    ).uid
    if seen.action:
        due = (desk.clock() + timedelta(days=seen.due_in)).date()
        sort = ActionSort.CORRECTIVE if seen.grade is FindingGrade.MAJOR else ActionSort.CORRECTION
        action = follow_action.add(then, finding, text=seen.action, owner=seen.owner, due=due, sort=sort).uid
        if seen.done:
            similar_elsewhere.answer(then, finding, Answer(similar="no", note=text("Looked at both other branches.")))
            follow_action.done(desk, action, seen.done)
