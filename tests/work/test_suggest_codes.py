from __future__ import annotations

from datetime import date

import pytest
from tests.work.complaining import complain
from tests.work.labelling import with_causes, with_labels, words_of

from gemba.domain.complaints import Complaint
from gemba.domain.suggestions import Suggestion
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.work import suggest_codes
from gemba.work.desk import Desk
from gemba.work.suggest_codes import DOMAIN, Learning
from gemba.work.which_complaints import Which


@pytest.fixture
def labelled(desk: Desk) -> Desk:
    with_causes(desk)
    with_labels(desk)
    return desk


def test_what_people_coded_is_suggested_for_another(labelled: Desk):
    new = complain(labelled, words=words_of("fee", 99))
    offer = suggest_codes.offer(labelled, Learning(), new, "cause")
    assert (offer.code, offer.title) == ("fee", "Fee")
    assert 0.8 <= offer.confidence < 1
    assert offer.model.endswith("60 labels")


def test_what_is_doubtful_is_not_sure_and_names_what_is_likely(labelled: Desk):
    new = complain(labelled, words="hello there")
    offer = suggest_codes.offer(labelled, Learning(), new, "cause", level=0.999)
    assert (offer.code, offer.title) == ("", "")
    assert len(offer.next) == 3


def test_the_domain_of_a_cause_is_suggested_too(labelled: Desk):
    new = complain(labelled, words=words_of("attitude", 77))
    assert suggest_codes.offer(labelled, Learning(), new, DOMAIN).code == "people"


def test_all_of_a_set_without_a_code_are_offered_one_the_surest_first(labelled: Desk):
    mine = {complain(labelled, date(2026, 3, day), words=words_of("delay", day)) for day in (1, 2, 3)}
    complain(labelled, date(2026, 4, 1), words=words_of("delay", 4))
    found = suggest_codes.offers(labelled, Learning(), "cause", Which(ends=date(2026, 3, 31)))
    assert {one.complaint for one in found} == mine
    assert [one.confidence for one in found] == sorted((one.confidence for one in found), reverse=True)


def test_a_persons_word_is_kept_beside_what_was_suggested(labelled: Desk):
    new = complain(labelled, words=words_of("fee", 99))
    offer = suggest_codes.offer(labelled, Learning(), new, "cause")
    suggest_codes.settle(labelled, new, Facet.CAUSE, "Delay", offer)
    with labelled.reader() as reader:
        kept = reader.find(Suggestion, complaint=new)[0]
        complaint = reader.get(Complaint, new)
    assert complaint is not None
    assert complaint.cause == "delay"
    assert (kept.suggested, kept.final, kept.facet) == ("fee", "delay", Facet.CAUSE)
    assert kept.confidence == pytest.approx(offer.confidence)


def test_a_code_that_the_vocabulary_lacks_is_refused_and_nothing_is_kept(labelled: Desk):
    new = complain(labelled, words=words_of("fee", 99))
    offer = suggest_codes.offer(labelled, Learning(), new, "cause")
    with pytest.raises(Refusal, match="unknown_code"):
        suggest_codes.settle(labelled, new, Facet.CAUSE, "nonsense", offer)
    with labelled.reader() as reader:
        assert reader.find(Suggestion) == []


def test_too_few_labels_say_how_many_there_are(desk: Desk):
    with_labels(desk, each=3)
    new = complain(desk, words="anything")
    with pytest.raises(Refusal) as refused:
        suggest_codes.offer(desk, Learning(), new, "cause")
    assert refused.value.facts == {"needed": 50, "given": 9}


def test_it_is_learned_once_and_anew_when_words_are_gone(labelled: Desk):
    learning = Learning()
    first = learning.of(labelled, "cause")
    assert learning.of(labelled, "cause") is first
    with labelled.reader() as reader:
        some = reader.find(Complaint, cause="fee")[0]
    with labelled.unit() as unit:
        unit.change(Complaint, some.uid, words="", summary="")
    assert learning.of(labelled, "cause") is not first


def test_a_code_of_before_is_learned_as_todays(labelled: Desk):
    with labelled.unit() as unit:
        last = unit.find(suggest_codes.vocabularies.Vocabulary, facet=Facet.CAUSE, version=1)[0]
        unit.put(
            type(last)(
                **{name: getattr(last, name) for name in last.__struct_fields__}
                | {"uid": labelled.ids(), "version": 2, "crosswalk": {"fee": "price"}}
                | {"terms": {"delay": "Delay", "price": "Price", "attitude": "Attitude"}}
            )
        )
    new = complain(labelled, words=words_of("fee", 99))
    assert suggest_codes.offer(labelled, Learning(), new, "cause").code == "price"
