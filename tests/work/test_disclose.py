from __future__ import annotations

import csv
import subprocess

import pytest
from tests.work.complaint_records import put_complaint

from gemba.domain.complaints import ClockPause
from gemba.domain.privacy import Disclosure
from gemba.errors import Refusal
from gemba.store.complaint_keys import Meant
from gemba.work.disclose import disclose, find_person
from gemba.work.export_complaints import export_complaints


@pytest.fixture
def ada(desk):
    return put_complaint(
        desk,
        customer="Ada Lovelace",
        contact="ada@example.org",
        words="=cmd|' /C calc'!A1 I waited.",
        more={"Account": "99_17%"},
    )


def test_every_field_that_holds_the_name_is_found(desk, ada) -> None:
    other = put_complaint(desk, customer="Bob", words="ADA lovelace was served first.")
    found = find_person(desk, ["ada lovelace"])
    assert {(one.uid, one.field) for one in found} == {(ada.uid, "customer"), (other.uid, "words")}
    assert {one.field for one in find_person(desk, ["99_17%"])} == {"more"}
    assert find_person(desk, ["9917"]) == ()


@pytest.mark.parametrize("name", ["Ölçer", "Žižek", "Ελένη"])
def test_names_beyond_ascii_are_found(desk, name) -> None:
    put_complaint(desk, customer=name)
    assert len(find_person(desk, [name])) == 1


@pytest.mark.parametrize(
    ("term", "other"),
    [("Customer 77", "Customer 771"), ("Ann Lee", "Ann Leeds"), ("Ann Lee", "Joann Lee"), ("177-2", "5177-2")],
)
def test_nobody_is_told_of_somebody_with_a_longer_name_or_number(desk, tmp_path, term, other) -> None:
    one = put_complaint(desk, customer=term, words=f"I am {term}; not {other}.")
    put_complaint(desk, customer=other)
    assert len({each.uid for each in find_person(desk, [term])}) == 2, "who looks is shown both"
    done = disclose(desk, [term], "asked by the customer", tmp_path / "one.csv")
    assert {(each.uid, each.field) for each in done.mentions} == {(one.uid, "customer"), (one.uid, "words")}


def test_scripts_without_cases_part_no_words(desk, tmp_path) -> None:
    put_complaint(desk, words="田中さんは待った")
    assert len(disclose(desk, ["は待った"], "asked", tmp_path / "one.csv").mentions) == 1


def test_the_report_tells_all_and_that_it_was_told_is_noted(desk, ada, tmp_path) -> None:
    done = disclose(desk, ["Ada Lovelace"], "asked by the customer", tmp_path / "ada.pdf")
    said = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "ada.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    for words in ("Ada Lovelace", "ada@example.org", "I waited.", "99_17%"):
        assert words in said
    with desk.reader() as reader:
        note = reader.get(Disclosure, done.disclosure)
    assert note.records == 1
    assert note.about == "Ada Lovelace"


@pytest.mark.parametrize("name", ["ada.pdf", "ada.csv"])
def test_what_belongs_to_a_complaint_is_told_with_it_name_or_not(desk, ada, tmp_path, name) -> None:
    with desk.unit() as unit:
        unit.put(
            ClockPause(
                uid=desk.ids(),
                complaint=ada.uid,
                begun_at=desk.clock(),
                reason="Her letter is awaited",
                person=desk.person.uid,
            )
        )
    done = disclose(desk, ["Ada Lovelace"], "asked by the customer", tmp_path / name)
    told = {(one.noun, one.field, one.said) for one in done.mentions}
    assert ("clock_pause", "reason", "Her letter is awaited") in told
    assert ("complaint", "contact", "ada@example.org") in told
    with desk.reader() as reader:
        assert reader.get(Disclosure, done.disclosure).records == 2


def test_a_table_holds_no_formula(desk, ada, tmp_path) -> None:
    disclose(desk, ["Ada Lovelace", "ada@example.org", "waited"], "asked", tmp_path / "ada.csv")
    with (tmp_path / "ada.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert "'=cmd|' /C calc'!A1 I waited." in {row[-1] for row in rows}


def test_too_little_to_go_by_is_refused(desk, tmp_path) -> None:
    for terms, code in ((["ab"], "person_terms"), ([], "person_terms"), (["nobody at all"], "person_not_found")):
        with pytest.raises(Refusal, match=code):
            disclose(desk, terms, "asked", tmp_path / "x.pdf")
    with pytest.raises(Refusal, match="disclose_without_reason"):
        disclose(desk, ["Ada"], "", tmp_path / "x.pdf")
    assert list(tmp_path.glob("x.*")) == []


def test_an_export_leaves_out_what_tells_of_a_person_unless_it_is_wished(desk, ada, tmp_path) -> None:
    put_complaint(desk, words="It was cold.", severity="high")
    done = export_complaints(desk, tmp_path / "all.csv", Meant())
    said = (tmp_path / "all.csv").read_text("utf-8-sig")
    assert done.count == 2
    assert "customer" in done.left_out
    assert "Lovelace" not in said
    assert "example.org" not in said
    assert "It was cold." in said
    whole = export_complaints(desk, tmp_path / "whole.csv", Meant({"severity": "medium"}), with_personal=True)
    assert whole.count == 1
    assert "Ada Lovelace" in (tmp_path / "whole.csv").read_text("utf-8-sig")
