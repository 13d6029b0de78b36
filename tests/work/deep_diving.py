"""A quarter with something to tell of everything, for tests and for looking at the pack."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.work.following import START, action, analysis, complaint, day, keep

from gemba.domain.complaints import ComplaintState, Severity
from gemba.domain.follow_through import Instrument
from gemba.domain.measures import Measure, MeasureSort, MeasureValue, Period
from gemba.domain.vocabularies import Facet, Vocabulary
from gemba.work.desk import Desk
from gemba.work.discrepancies import Told, note, settle
from gemba.work.import_survey import SurveyImport, take_survey
from gemba.work.places import add_place
from gemba.work.risks import RiskDraft, add

STEPS = {"counter": "Counter service", "phone": "Answering the phone", "delivery": "Delivery", "billing": "Billing"}
CAUSES = {
    "staff": "Too few at the counter",
    "words": "Unclear words",
    "late": "Vehicle was late",
    "system": "System was down",
}


def fill(desk: Desk, seed: int = 3, n: int = 300) -> tuple[str, str, str]:
    """Lay a quarter: three sites with complaints, causes, actions, surveys, discrepancies, risks and two measures."""
    chance = random.Random(seed)
    sites = [add_place(desk, name).uid for name in ("Harbour branch", "Station branch", "Old town branch")]
    person = desk.person.uid
    for facet, terms in ((Facet.STEP, STEPS), (Facet.CAUSE, CAUSES)):
        keep(desk, Vocabulary(uid=desk.ids(), facet=facet, version=1, terms=terms, released_at=START, person=person))
    made = []
    for at in range(n):
        received = chance.random() ** 0.8 * 115
        fields: dict[str, object] = {
            "step": chance.choices(list(STEPS), (6, 3, 2, 1))[0],
            "cause": chance.choices(list(CAUSES), (5, 2, 2, 1))[0],
            "severity": chance.choices(list(Severity), (4, 4, 2, 1))[0],
            "place": chance.choice(sites),
            "number": f"K-{at:04}",
        }
        if chance.random() < 0.9:
            fields["assessed_at"] = day(received + chance.expovariate(0.7))
        if chance.random() < 0.7:
            fields |= {"closed_at": day(received + 2 + chance.expovariate(0.08)), "state": ComplaintState.CLOSED}
        made.append(complaint(desk, received, **fields))
    keep(desk, *made)
    for number, one in enumerate(made[:90]):
        found = (one.received_at - START) / timedelta(days=1) + 3 + chance.expovariate(0.1)
        cause = analysis(desk, found, complaint=one.uid, step=one.step, cause=one.cause, place=one.place)
        done = found + 5 + chance.expovariate(0.03)
        acts = [action(desk, one.place or "", found + 2, done if done < 115 else None, analysis=cause.uid)]
        keep(desk, cause, *(acts if number % 3 else []))
    _surveys(desk, chance)
    for gap in (28, 12, 5, 0, 17, 22, -3, 9):
        uid = note(desk, Told("waiting time", 20.0 + gap, 20, "min", place=sites[0])).uid
        if gap == 0:
            settle(desk, uid, "The same.")
    _risks(desk)
    _measures(desk, chance)
    return sites[0], sites[1], sites[2]


def _surveys(desk: Desk, chance: random.Random) -> None:
    rows = ["date,score,place,customer"]
    for at in range(400):
        score = chance.choice([10, 9, 9, 8, 7, 6, 3] if at % 2 else [10, 8, 7, 5, 2])
        name = ("Harbour branch", "Station branch", "Old town branch")[0 if at % 2 else at % 3]
        rows.append(f"{(START + timedelta(days=at * 0.28)).date()},{score},{name},c{at % 300}")
    take_survey(desk, "\n".join(rows).encode(), SurveyImport(Instrument.NPS, "After the visit"))


def _risks(desk: Desk) -> None:
    for mode, effect, ratings, review in (
        ("Parcel is not found", "Customer comes twice", (3, 8, 6, 2), date(2026, 2, 1)),
        ("Wrong form is given out", "Customer fills in again", (4, 5, 5, 4), date(2026, 6, 1)),
        ("Bill without explanation", "Customer calls", (2, 3, 8, 3), None),
    ):
        add(desk, RiskDraft(mode, effect, *ratings, owner="Head of branches", review_by=review))


def _measures(desk: Desk, chance: random.Random) -> None:
    for code, title, is_customer, slope in (
        ("handled", "Visits handled an hour", False, 0.4),
        ("complaints", "Complaints per 1,000 visits", True, 0.6),
    ):
        measure = Measure(
            uid=desk.ids(), code=code, title=title, sort=MeasureSort.VALUES, period=Period.MONTH, chart="i",
            direction="down" if is_customer else "up", is_customer=is_customer, made_at=START, person=desk.person.uid,
        )  # fmt: skip
        keep(desk, measure)
        values = [
            MeasureValue(
                uid=desk.ids(), measure=measure.uid, begins=date(2024 + at // 12, at % 12 + 1, 1),
                value=round(20 + slope * at + chance.gauss(0, 1), 1), person=desk.person.uid,
            )
            for at in range(24)
        ]  # fmt: skip
        keep(desk, *values)
