from __future__ import annotations

from gemba.domain.complaints import Complaint
from gemba.store.record_history import history
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
