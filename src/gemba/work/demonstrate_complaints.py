"""What customers complained of in the demonstration: a year of it, with one gap in the process that makes many of them.

Nothing in it is real. The customers are numbers, and what they say is made up.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from gemba.domain.complaints import (
    Complaint,
    ComplaintDecision,
    ComplaintState,
    Consent,
    Redaction,
    Severity,
    SimilarElsewhere,
    ToldBack,
)
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.wording import text
from gemba.work.clock_targets import due_of
from gemba.work.desk import Desk
from gemba.work.starter_vocabularies import starter
from gemba.work.vocabularies import Words, release

_WEEKS = 52
_SEED = 20
SPARED = timedelta(days=100)
"""Since then the first site tells of the fee beforehand, and hardly anybody complains of it there."""
_FEES_A_WEEK, _FEES_SINCE = 1.0, 0.08
"""How many complaints of fees the first site had a week on top of its share, before that and since."""
_WAITING = (
    (90, ComplaintState.INVESTIGATING),
    (66, ComplaintState.ASSESSED),
    (30, ComplaintState.ACKNOWLEDGED),
    (5, ComplaintState.RECEIVED),
)
"""Hours ago, and how far: complaints whose clock has run out, is about to, or has just begun."""


class _Theme(msgspec.Struct, frozen=True):
    """What comes again and again."""

    product: str
    step: str
    cause: str
    channel: str
    severity: Severity
    a_week: float
    """How many on average."""
    lately: float
    """By what it is multiplied in the last eight weeks."""
    places: tuple[int, ...]
    """At which sites, by their place in the list."""
    owner: str
    words: tuple[str, ...]


def complain(desk: Desk, sites: list[Uid]) -> list[Complaint]:
    """Release the vocabularies and put the complaints of a year; some are open, and one has run out.

    Args:
        desk: of the demonstration store.
        sites: four places.

    Returns:
        The complaints, the earliest first.
    """
    _release(desk)
    now = desk.clock()
    made = sorted(_happened(desk, sites, now), key=lambda one: one.received_at)
    with desk.unit() as unit:
        kept = []
        for each in made:
            one = msgspec.structs.replace(each, number=unit.number(Complaint))
            one = msgspec.structs.replace(one, due_at=due_of(unit, one))
            unit.put(one)
            kept.append(one)
    return kept


def _release(desk: Desk) -> None:
    for facet in Facet:
        words = starter(facet)
        if facet is Facet.PRODUCT:
            words = Words(terms={"account": text("Account"), "card": text("Card"), "loan": text("Loan")})
        elif facet is Facet.SEGMENT:
            words = Words(terms={"private": text("Private customers"), "business": text("Business customers")})
        if words is not None:
            release(desk, facet, words, reason=text("To begin with"))


def _happened(desk: Desk, sites: list[Uid], now: datetime) -> Iterator[Complaint]:
    chance = random.Random(_SEED)  # noqa: S311 - a story, not a secret
    for week in range(_WEEKS):
        for theme in _themes():
            rate = theme.a_week * (theme.lately if week >= _WEEKS - 8 else 1)
            for _ in range(_drawn(chance, rate)):
                ago = timedelta(days=7 * (_WEEKS - 1 - week), hours=chance.uniform(1, 160))
                one = _one(desk, theme, sites, chance, now - ago, now)
                if not (one.cause == "fee" and one.place == sites[0] and ago < SPARED):
                    yield one
    yield from _fees(desk, sites[0], now)
    lost = _themes()[0]
    for hours, state in _WAITING:
        one = _one(desk, lost, sites, chance, now - timedelta(hours=hours), now - timedelta(hours=hours))
        yield msgspec.structs.replace(one, state=state)


def _fees(desk: Desk, site: Uid, now: datetime) -> Iterator[Complaint]:
    """Complaints of fees at the site that did something about it: many before the change, few since."""
    chance = random.Random(_SEED)  # noqa: S311 - a story, not a secret
    theme = msgspec.structs.replace(_themes()[2], places=(0,))
    for week in range(_WEEKS):
        day = timedelta(days=7 * (_WEEKS - 1 - week))
        for _ in range(_drawn(chance, _FEES_SINCE if day < SPARED else _FEES_A_WEEK)):
            yield _one(desk, theme, [site], chance, now - day - timedelta(hours=chance.uniform(1, 160)), now)


def _drawn(chance: random.Random, rate: float) -> int:
    """How many come when so many come on average, one independent of the other."""
    count, passed = 0, chance.expovariate(1.0)
    while passed < rate:
        count, passed = count + 1, passed + chance.expovariate(1.0)
    return count


def _one(
    desk: Desk, theme: _Theme, sites: list[Uid], chance: random.Random, received: datetime, now: datetime
) -> Complaint:
    words = chance.choice(theme.words)
    begun = Complaint(
        uid=desk.ids(),
        number="",
        source="",
        received_at=received,
        place=sites[chance.choice(theme.places)],
        product=theme.product,
        step=theme.step,
        cause=theme.cause,
        channel=theme.channel,
        segment=chance.choice(("private", "private", "business")),
        severity=theme.severity,
        customer=text("Customer {number}", number=chance.randint(10_000, 99_999)),
        words=words,
        language="en",
        consent=chance.choice((Consent.QUOTABLE, Consent.INTERNAL, Consent.UNKNOWN)),
        redaction=Redaction.CHECKED,
        redacted_words=words,
        owner=theme.owner,
        recorded_at=received,
        person=desk.person.uid,
    )
    return _gone_on(begun, chance, now)


def _gone_on(one: Complaint, chance: random.Random, now: datetime) -> Complaint:
    """As far as it has come by now: the older ones are closed, the newest wait."""
    hours = [chance.uniform(2, 10), chance.uniform(4, 20), chance.uniform(8, 30), chance.uniform(6, 40), 6.0, 240.0]
    names = ("acknowledged", "assessed", "investigating", "decided", "told", "closed")
    moment, fields = one.received_at, dict[str, object]()
    for name, wait in zip(names, hours, strict=True):
        moment += timedelta(hours=wait)
        if moment > now or (now - one.received_at < timedelta(days=3) and name == "investigating"):
            break
        fields |= {f"{name}_at": moment, "state": ComplaintState(name)}
        if name == "decided":
            fields |= {"decision": ComplaintDecision.UPHELD, "answer": text("We have put it right and said sorry.")}
        if name == "told":
            fields["told_back"] = ToldBack.YES
        if name == "closed":
            fields["similar"] = SimilarElsewhere.NO
    return msgspec.structs.replace(one, **fields)


def _themes() -> tuple[_Theme, ...]:
    return (
        _Theme(
            *("loan", "apply", "hand_off", "branch", Severity.HIGH),
            *(0.5, 9.0, (0, 1, 2), text("Head of lending operations")),
            (
                text("I handed in all papers at the branch, and two weeks later the office asked for the same papers."),
                text(
                    "Nobody could tell me where my application was. The branch said the office, the office the branch."
                ),
                text("My loan papers were lost between the branch and the office; I had to bring everything again."),
            ),
        ),
        _Theme(
            *("account", "help", "staffing", "branch", Severity.MEDIUM),
            *(0.8, 1.0, (0, 1, 2, 3), text("Branch operations lead")),
            (
                text("I waited for forty minutes at the counter while two of three desks were closed."),
                text("Queue to the door at noon, one person serving."),
                text("The kiosk was closed although the sign said open."),
            ),
        ),
        _Theme(
            *("card", "pay", "fee", "phone", Severity.MEDIUM),
            *(0.7, 1.0, (0, 1, 2, 3), text("Product owner cards")),
            (
                text("I was charged for a card that I had cancelled."),
                text("Nobody told me about the fee for paying abroad."),
                text("The fee on my statement is not the one in the leaflet."),
            ),
        ),
        _Theme(
            *("account", "use", "system_error", "app", Severity.LOW),
            *(0.6, 1.3, (2, 3), text("Product owner app")),
            (
                text("The app logs me out in the middle of a payment."),
                text("Since the update the app does not show my savings account."),
            ),
        ),
        _Theme(
            *("loan", "advise", "promise", "branch", Severity.HIGH),
            *(0.2, 1.0, (0, 3), text("Head of advice")),
            (
                text("I was promised an answer within two days and heard nothing for nine."),
                text("The rate in the contract is not the one that I was told."),
            ),
        ),
        _Theme(
            *("card", "end", "delay", "letter", Severity.MEDIUM),
            *(0.25, 1.0, (1,), text("Head of account services")),
            (text("It took six weeks to close my account, and I was sent a new card meanwhile."),),
        ),
    )
