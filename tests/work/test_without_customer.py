from __future__ import annotations

from tests.work.complaint_records import put_complaint

from gemba.domain.findings import FindingGrade
from gemba.work import check_file, conduct
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding
from gemba.work.report_facts import assessment_facts


def test_the_report_on_a_complaints_file_does_not_tell_of_the_customer(desk) -> None:
    place = add_place(desk, "Harbour branch").uid
    complaint = put_complaint(desk, place=place, customer="Ada Lovelace", words="Ada Lovelace waited.")
    begun = check_file.begin(desk, complaint.uid).uid
    path = next(item.path for item in conduct.open_sheet(desk, begun).fill.items() if item.kind == "question")
    conduct.note(desk, begun, path, "Mrs Lovelace was called at +44 20 7946 0958.")
    raise_finding(
        desk, begun, grade=FindingGrade.MINOR, criterion="Answered in time", text="Ada Lovelace was told late."
    )
    with desk.reader() as reader:
        facts = assessment_facts(desk, reader, begun)
    said = str(facts)
    assert "Lovelace" not in said
    assert "20 7946 0958" not in said
    assert "was told late" in said
