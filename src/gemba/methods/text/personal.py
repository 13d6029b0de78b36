"""Personal data in people's words: found, and taken out with a visible mark.

Found are e-mail addresses, phone numbers, cards, bank accounts, numbers that states give to people, addresses, dates of
birth and names: those that are given, and what follows a title. It is a proposal, measured in
`tests/bench/bench_personal.py`; what a person checked stands above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gemba.methods.text.account_numbers import accounts, cards
from gemba.methods.text.addresses import addresses, births
from gemba.methods.text.contact_numbers import emails, phones
from gemba.methods.text.given_names import known, titled
from gemba.methods.text.identity_numbers import identities
from gemba.methods.text.spans import Sort, Span, plain, settled, without_marks

__all__ = ["Sort", "Span", "found", "redacted"]


def found(text: str, names: Iterable[str] = ()) -> tuple[Span, ...]:
    """What tells of a person in `text`, in order and without overlaps.

    Args:
        text: people's words; marks of an earlier redaction (`[phone]`) stay untouched.
        names: of people known to be meant: the customer's field, staff; whole or in parts, in any case.
    """
    written = without_marks(text)
    even = plain(written)
    groups = (
        emails(even),
        accounts(even),
        births(even),
        identities(even),
        cards(even),
        phones(even),
        known(written, tuple(names)),
        addresses(even),
        titled(even),
    )
    return settled(groups, written)


def redacted(text: str, names: Iterable[str] = (), spans: Sequence[Span] | None = None) -> str:
    """`text` with a mark such as `[name]` or `[phone]` where something told of a person.

    Redacting what is redacted changes nothing. With `spans` exactly those are taken out (a person has chosen).
    """
    if spans is not None:
        return _without(text, settled((spans,), text))
    names = tuple(names)
    while proposed := found(text, names):
        text = _without(text, proposed)
    return text


def _without(text: str, spans: Iterable[Span]) -> str:
    pieces, at = [], 0
    for span in spans:
        pieces += [text[at : span.start], span.sort.mark]
        at = span.end
    return "".join([*pieces, text[at:]])
