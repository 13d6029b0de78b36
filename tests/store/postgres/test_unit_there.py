from __future__ import annotations

from gemba.domain.assessments import Answer
from gemba.store.checking import check


def test_records_are_kept_and_read_again_by_another_start_of_the_program(store, records, folder, time, key) -> None:
    draft = records.begin(store)
    uid = records.answer(store, draft, "/data/a", "1")
    with store.reader() as reader:
        assert reader.get(Answer, uid).value == "1"
    assert check(store) == []
