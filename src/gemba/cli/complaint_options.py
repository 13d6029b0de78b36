"""Options that several commands on complaints share."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from gemba.cli.naming import place_for
from gemba.domain.complaints import Consent, Redaction, Severity
from gemba.errors import Refusal
from gemba.work.desk import Desk

Words = Annotated[str | None, typer.Option("--words", help="What the customer said, verbatim.")]
Summary = Annotated[str | None, typer.Option("--summary", help="The same in one line.")]
PlaceName = Annotated[str | None, typer.Option("--place", help="Name or uid of the place where it happened.")]
SeverityOption = Annotated[
    Severity | None, typer.Option("--severity", help="How bad it is, as the customer perceives it.")
]
Customer = Annotated[str | None, typer.Option("--customer", help="Name or number of the customer.")]
Contact = Annotated[str | None, typer.Option("--contact", help="How to reach the customer.")]
Remedy = Annotated[str | None, typer.Option("--remedy", help="What the customer asks for.")]
Owner = Annotated[str | None, typer.Option("--owner", help="Process owner who answers for it; not customer service.")]
Product = Annotated[str | None, typer.Option("--product", help="Code or title of the vocabulary of products.")]
Step = Annotated[str | None, typer.Option("--step", help="Code or title of the process step.")]
Channel = Annotated[str | None, typer.Option("--channel", help="Code or title of the channel.")]
Segment = Annotated[str | None, typer.Option("--segment", help="Code or title of the customer's segment.")]
Cause = Annotated[str | None, typer.Option("--cause", help="Code or title of the cause.")]
ConsentOption = Annotated[Consent | None, typer.Option("--consent", help="What may be done with the words.")]
RedactionOption = Annotated[Redaction | None, typer.Option("--redaction", help="How far the words were checked.")]
Redacted = Annotated[str | None, typer.Option("--redacted-words", help="The words without what tells of a person.")]
Purpose = Annotated[str | None, typer.Option("--purpose", help="Lawful purpose for which it is kept.")]
Language = Annotated[str | None, typer.Option("--language", help="ISO 639-1 code of the words' language.")]
DeleteBy = Annotated[
    datetime | None, typer.Option("--delete-by", formats=["%Y-%m-%d"], help="When its personal part is to go.")
]
Occurred = Annotated[
    datetime | None, typer.Option("--occurred", formats=["%Y-%m-%d"], help="Day on which it happened.")
]
Uid = Annotated[str, typer.Argument(help="Uid or number of the complaint.", show_default=False)]


def said(desk: Desk, **options: Any) -> dict[str, Any]:
    """What the options say, by field of a complaint; what was not said is left out."""
    fields = {name: value for name, value in options.items() if value is not None}
    for name in ("occurred_on", "delete_by"):
        if isinstance(fields.get(name), datetime):
            fields[name] = _day(fields[name])
    if "place" in fields:
        fields["place"] = place_for(desk, fields["place"])[0].uid if fields["place"] else None
    return fields


def moment(desk: Desk, words: str | None) -> datetime | None:
    """A moment that was typed: with a zone or `Z` as it is, otherwise on the clocks of this laptop.

    Raises:
        Refusal: it is none.
    """
    if words is None:
        return None
    try:
        known = datetime.fromisoformat(words)
    except ValueError as error:
        raise Refusal("cli.no_moment", said=words) from error
    if known.tzinfo is not None:
        return known.astimezone(UTC)
    try:
        zone = ZoneInfo(desk.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = ZoneInfo("UTC")
    return known.replace(tzinfo=zone).astimezone(UTC)


def _day(moment: datetime) -> date:
    return moment.date()
