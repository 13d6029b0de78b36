"""Where customers are listened to, and what each such post is worth."""

from __future__ import annotations

from collections.abc import Mapping

from gemba.kinds.registers.model import CONTENT_STATES, Derived, Family, FieldSort, Register, RegisterField, options
from gemba.wording import text

_GOOD, _FAIR = 4.0, 2.5


def _worth(fields: Mapping[str, str]) -> tuple[Derived, ...]:
    """The mean of what can be done with it and how true it is, less what it costs the customer beyond the middle.

    A response rate is no part of it: many answers to a question that leads to nothing are no listening.
    """
    rated = {code: float(fields[code]) for code in ("actionability", "validity", "burden") if fields.get(code)}
    if len(rated) < 3:
        return (Derived("worth", "Worth", text("not rated yet")),)
    worth = (rated["actionability"] + rated["validity"]) / 2 - max(0.0, rated["burden"] - 3) / 2
    tone, words = (
        ("good", text("keep"))
        if worth >= _GOOD
        else ("fair", text("improve"))
        if worth >= _FAIR
        else ("poor", text("question it"))
    )
    return (Derived("worth", "Worth", text("{worth} of 5: {words}", worth=f"{worth:.1f}", words=words), tone),)


LISTENING_POSTS = Register(
    code="listening_post",
    family=Family.LISTENING,
    title="Listening posts",
    purpose="Every place where customers are heard: what it hears, whom it misses, and whether anything follows"
    " from it. Rated by what can be done with it, how true it is and what it costs the customer, never "
    "by its response rate.",
    fields=(
        RegisterField(
            code="sort",
            title="What kind",
            sort=FieldSort.CHOICE,
            required=True,
            options=options(
                ("complaints", "Complaints"),
                ("survey", "Survey"),
                ("frontline", "Told by frontline staff"),
                ("observation", "Observation"),
                ("social", "Public posts"),
                ("internal", "Internal customer"),
                ("other", "Something else"),
            ),
        ),
        RegisterField(code="hears", title="What it hears", sort=FieldSort.LONG, required=True),
        RegisterField(
            code="bias",
            title="Whom or what it misses",
            sort=FieldSort.LONG,
            required=True,
            help="Every post has a bias.",
        ),
        RegisterField(code="cadence", title="How often it is read", required=True),
        RegisterField(
            code="actionability",
            title="What can be done with it, 1 to 5",
            sort=FieldSort.NUMBER,
            low=1,
            high=5,
            help="5: somebody can act on a single answer within days.",
        ),
        RegisterField(
            code="validity",
            title="How true it is, 1 to 5",
            sort=FieldSort.NUMBER,
            low=1,
            high=5,
            help="5: what it says was found to be so when somebody went and looked.",
        ),
        RegisterField(
            code="burden",
            title="What it costs the customer, 1 to 5",
            sort=FieldSort.NUMBER,
            low=1,
            high=5,
            help="1: nothing; 5: many questions, often.",
        ),
        RegisterField(code="last_change", title="Last change that came of it"),
    ),
    states=CONTENT_STATES,
    review_every_days=182,
    links=("survey", "measure"),
    derive=_worth,
)
