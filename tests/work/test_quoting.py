from __future__ import annotations

import pytest
from tests.work.complaint_records import put_complaint

from gemba.domain.complaints import Consent, Redaction
from gemba.work.places import add_place
from gemba.work.quoting import NotQuoted, Quoting
from gemba.work.retention import add_rule

WORDS = "Ada Lovelace waited; write to ada@example.org or +44 20 7946 0958."


def quoted(desk, complaint, **where):
    with desk.reader() as reader:
        return Quoting(reader).quote(complaint, **where)


def test_names_and_addresses_are_out(desk) -> None:
    found = quoted(
        desk, put_complaint(desk, words=WORDS, customer="Ada Lovelace", consent=Consent.QUOTABLE), outside=True
    )
    assert found.why_not is None
    assert not found.is_checked
    for told in ("Ada", "Lovelace", "example.org", "7946"):
        assert told not in found.words
    assert "waited" in found.words


def test_what_a_person_has_checked_is_quoted_as_it_was_checked(desk) -> None:
    complaint = put_complaint(
        desk, words=WORDS, redacted_words="Somebody waited.", redaction=Redaction.CHECKED, consent=Consent.INTERNAL
    )
    assert quoted(desk, complaint).words == "Somebody waited."
    assert quoted(desk, complaint).is_checked


@pytest.mark.parametrize(
    ("consent", "outside", "why_not"),
    [
        (Consent.NONE, False, NotQuoted.REFUSED),
        (Consent.NONE, True, NotQuoted.REFUSED),
        (Consent.INTERNAL, False, None),
        (Consent.INTERNAL, True, NotQuoted.REFUSED),
        (Consent.UNKNOWN, False, None),
        (Consent.UNKNOWN, True, NotQuoted.NOT_ASKED),
        (Consent.QUOTABLE, True, None),
    ],
)
def test_consent_decides(desk, consent, outside, why_not) -> None:
    found = quoted(desk, put_complaint(desk, words="It took long.", consent=consent), outside=outside)
    assert found.why_not == why_not
    assert found.words == ("" if why_not else "It took long.")


def test_a_region_may_ask_for_consent(desk) -> None:
    region = add_place(desk, "North").uid
    site = add_place(desk, "Harbour", parent=region).uid
    other = add_place(desk, "South").uid
    add_rule(desk, 365, place=region, needs_consent=True)
    assert quoted(desk, put_complaint(desk, words="Long.", place=site)).why_not is NotQuoted.NOT_ASKED
    assert quoted(desk, put_complaint(desk, words="Long.", place=other)).why_not is None
    assert quoted(desk, put_complaint(desk, words="Long.", place=site, consent=Consent.INTERNAL)).why_not is None


def test_nothing_said_is_nothing_quoted(desk) -> None:
    assert quoted(desk, put_complaint(desk, words="  ")).why_not is NotQuoted.NO_WORDS
