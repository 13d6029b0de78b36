from __future__ import annotations

import pytest
from tests.work.complaining import complain

from gemba.domain.complaints import Complaint, Redaction
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.methods.text.personal import Sort, Span
from gemba.work import redact_words
from gemba.work.desk import Desk
from gemba.work.redact_words import Proposal

WORDS = "Anna Berg here, call 0171 1234567."


@pytest.fixture
def complaint(desk: Desk) -> Uid:
    return complain(desk, words=WORDS, customer="Berg, Anna")


def proposed(desk: Desk, complaint: Uid) -> Proposal:
    with desk.reader() as reader:
        return redact_words.proposal(reader, complaint)


def kept(desk: Desk, complaint: Uid) -> Complaint:
    with desk.reader() as reader:
        found = reader.get(Complaint, complaint)
    assert found is not None
    return found


def test_the_program_proposes_by_the_customers_name(desk: Desk, complaint: Uid):
    found = proposed(desk, complaint)
    assert found.redacted == "[name] here, call [phone]."
    assert found.state is Redaction.RAW


def test_a_person_checks_and_may_leave_some_in(desk: Desk, complaint: Uid):
    found = proposed(desk, complaint)
    name = found.spans[0]
    redact_words.check(desk, complaint, redact_words.in_force(found.spans, [name]))
    one = kept(desk, complaint)
    assert (one.redacted_words, one.redaction) == ("Anna Berg here, call [phone].", Redaction.CHECKED)
    assert one.words == WORDS


def test_what_is_proposed_says_that_nobody_has_looked(desk: Desk, complaint: Uid):
    redact_words.propose(desk, complaint)
    assert kept(desk, complaint).redaction is Redaction.PROPOSED


def test_what_a_person_checked_is_not_proposed_over(desk: Desk, complaint: Uid):
    redact_words.check(desk, complaint, [])
    with pytest.raises(Refusal, match="checked_already"):
        redact_words.propose(desk, complaint)
    assert kept(desk, complaint).redacted_words == WORDS


def test_a_stretch_of_words_that_have_changed_is_refused(desk: Desk, complaint: Uid):
    with pytest.raises(Refusal, match="stretch_outside"):
        redact_words.check(desk, complaint, [Span(30, 300, Sort.NAME)])


def test_no_words_are_said(desk: Desk):
    with pytest.raises(Refusal, match="no_words_to_redact"):
        redact_words.propose(desk, complain(desk, summary="a line"))


def test_what_a_person_left_in_is_still_left_in_when_it_is_looked_at_again(desk: Desk, complaint: Uid):
    first = proposed(desk, complaint)
    redact_words.check(desk, complaint, [first.spans[1]])
    again = proposed(desk, complaint)
    assert again.out == (first.spans[1],)
    assert again.spans == first.spans
    assert again.redacted == "Anna Berg here, call [phone]."


def test_what_a_person_took_out_besides_stays_out(desk: Desk, complaint: Uid):
    here = Span(10, 14, Sort.NAME)
    redact_words.check(desk, complaint, [*proposed(desk, complaint).spans, here])
    again = proposed(desk, complaint)
    assert again.redacted == "[name] [name], call [phone]."
    assert here in again.out


def test_words_that_have_changed_since_are_proposed_anew():
    assert redact_words.taken_out("Anna called", "[name] shouted", [Span(0, 4, Sort.NAME)]) is None
