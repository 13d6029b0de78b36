"""A quarter of complaints with one gap in it, for tests of reviews."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from tests.work.complaint_records import a_complaint, put_complaints

from gemba.domain.complaint_reviews import ComplaintReview
from gemba.domain.complaints import Complaint, Severity
from gemba.domain.vocabularies import Facet, Vocabulary
from gemba.work.desk import Desk
from gemba.work.draw_review import Wanted, draw
from gemba.work.places import add_place

BEGINS, ENDS = date(2025, 10, 1), date(2025, 12, 31)


def day(of: date, number: int = 0) -> datetime:
    return datetime.combine(of + timedelta(number), time(10), UTC)


def vocabulary(desk: Desk, facet: Facet, terms: dict[str, str], **fields: object) -> None:
    made = Vocabulary(
        uid=desk.ids(),
        facet=facet,
        version=fields.pop("version", 1),  # type: ignore[arg-type]
        terms=terms,
        released_at=desk.clock(),
        person=desk.person.uid,
        **fields,  # type: ignore[arg-type]
    )
    with desk.unit() as unit:
        unit.put(made)


def words(desk: Desk) -> None:
    vocabulary(desk, Facet.STEP, {"pay": "Payment", "send": "Delivery", "ask": "Enquiry"})
    vocabulary(desk, Facet.CAUSE, {"late": "Too late", "wrong": "Wrong amount", "rude": "Unfriendly"})


def quarter(desk: Desk) -> dict[str, str]:
    """Half a year of usual complaints, then a quarter in which late deliveries pile up at two sites.

    Returns:
        Uids of the sites by name.
    """
    words(desk)
    sites = {name: add_place(desk, name).uid for name in ("Harbour", "Station")}
    found: list[Complaint] = []

    def one(**fields: object) -> None:
        found.append(a_complaint(desk, **fields))

    for week in range(26):
        at = day(BEGINS, -182 + 7 * week + 2)
        one(received_at=at, place=sites["Harbour"], step="send", cause="late", customer="Vera Lindqvist")
        for number in range(4):
            one(received_at=at + timedelta(hours=number), place=sites["Station"], step="pay", cause="wrong")
    for week in range(13):
        at = day(BEGINS, 7 * week + 1)
        one(received_at=at, place=sites["Station"], step="pay", cause="wrong")
        for site in sites.values():
            for number in range(3 if week > 5 else 1):
                one(
                    received_at=at + timedelta(hours=number),
                    place=site,
                    step="send",
                    cause="late",
                    severity=Severity.HIGH,
                    customer="Vera Lindqvist",
                )
    one(received_at=day(BEGINS, 40), place=sites["Harbour"], step="ask", cause="rude")
    one(received_at=day(BEGINS, 41), place=sites["Harbour"])
    put_complaints(desk, found)
    return sites


def review_of(desk: Desk, **wanted: object) -> ComplaintReview:
    uid = draw(desk, Wanted(**{"begins": BEGINS, "ends": ENDS, **wanted})).uid  # type: ignore[arg-type]
    with desk.reader() as reader:
        return reader.find(ComplaintReview, uid=uid)[0]
