"""What a customer said, as it may be quoted: consent and region decide, and what tells of a person is out."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from gemba.domain.complaints import Complaint, Consent, Redaction
from gemba.domain.record import Uid
from gemba.methods.text.personal import redacted
from gemba.store.reading import Reader
from gemba.work.retention import Rules


class NotQuoted(StrEnum):
    """Why words are not quoted."""

    NO_WORDS = "no_words"
    REFUSED = "refused"
    """The customer does not allow it."""
    NOT_ASKED = "not_asked"
    """Nobody knows, and what is asked for wants consent."""


class Quote(msgspec.Struct, frozen=True):
    """The words without what tells of a person, or why there are none."""

    complaint: Uid
    words: str = ""
    is_checked: bool = False
    """True when a person has looked at the redaction; else the program alone proposed it."""
    why_not: NotQuoted | None = None


def quote(reader: Reader, complaint: Complaint, *, outside: bool = False) -> Quote:
    """The words of a complaint for a print or an export.

    Args:
        reader: of the store.
        complaint: as it stands.
        outside: for somebody outside the organisation; then the customer must have allowed to be quoted.
    """
    return Quoting(reader).quote(complaint, outside=outside)


class Quoting:
    """Quotes many complaints by the rules in force.

    Args:
        reader: of the store.
    """

    def __init__(self, reader: Reader) -> None:
        self._rules = Rules(reader)

    def quote(self, complaint: Complaint, *, outside: bool = False) -> Quote:
        """The words of one complaint."""
        said = complaint.redacted_words if complaint.redaction is Redaction.CHECKED else complaint.words
        if not said.strip():
            return Quote(complaint.uid, why_not=NotQuoted.NO_WORDS)
        why_not = self._why_not(complaint, outside)
        if why_not is not None:
            return Quote(complaint.uid, why_not=why_not)
        if complaint.redaction is Redaction.CHECKED:
            return Quote(complaint.uid, said, is_checked=True)
        return Quote(complaint.uid, redacted(said, names=(complaint.customer,) if complaint.customer else ()))

    def _why_not(self, complaint: Complaint, outside: bool) -> NotQuoted | None:  # noqa: FBT001 - internal
        if complaint.consent is Consent.NONE:
            return NotQuoted.REFUSED
        if complaint.consent is Consent.QUOTABLE or (complaint.consent is Consent.INTERNAL and not outside):
            return None
        if complaint.consent is Consent.INTERNAL:
            return NotQuoted.REFUSED
        rule = self._rules.of(complaint.place, complaint.purpose)
        needs = outside or (rule is not None and rule.needs_consent)
        return NotQuoted.NOT_ASKED if needs else None
