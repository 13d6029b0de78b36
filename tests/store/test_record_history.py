from __future__ import annotations

from gemba.domain.complaints import Complaint
from gemba.store.record_history import history, last_said
from gemba.work import complaints
from gemba.work.desk import Desk


def test_it_tells_who_set_what_and_when_the_last_first(desk: Desk) -> None:
    uid = complaints.add(desk, words="The queue was long").uid
    complaints.add(desk, words="Another one")
    complaints.change(desk, uid, summary="A queue")
    with desk.reader() as reader:
        steps = history(reader, "complaint", uid)
        one = reader.get(Complaint, uid)
    assert steps[0].fields == ("summary",)
    assert len(steps) == 2
    assert {step.person for step in steps} == {desk.person.name}
    assert one is not None
    assert abs((steps[-1].at - one.recorded_at).total_seconds()) < 60
    assert steps[0].at >= steps[1].at


def test_it_tells_when_something_was_last_said_of_any_of_them(desk: Desk) -> None:
    one = complaints.add(desk, words="The queue was long").uid
    other = complaints.add(desk, words="Another one").uid
    complaints.change(desk, one, summary="A queue")
    with desk.reader() as reader:
        last = {uid: history(reader, "complaint", uid)[0].at for uid in (one, other)}
        assert last[other] < last[one]
        assert last_said(reader, [other]) == last[other]
        assert last_said(reader, [one, other]) == last_said(reader, [other, one]) == last[one]
        assert last_said(reader, [desk.ids()]) is last_said(reader, []) is None
