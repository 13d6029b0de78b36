"""A checklist is written, saved as it grows, published, and walked with."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from gemba.domain.assessments import Assessment
from gemba.domain.findings import FindingGrade
from gemba.domain.templates import Template
from gemba.errors import Refusal, Trouble
from gemba.forms.editing.changing import change
from gemba.forms.editing.placing import add
from gemba.forms.editing.types import Type
from gemba.store.backing_up import back_up
from gemba.store.restoring import restore
from gemba.work import edit_template, question_library
from gemba.work.conduct import open_sheet, start
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding
from gemba.work.report_facts import assessment_facts


def written(desk, title="Night round"):
    draft = edit_template.begin(desk, title)
    book = add(draft.book, Type("section"), label="Gate").book
    edited = add(book, Type("integer"), label="Gates open", after=0)
    book = change(edited.book, edited.at, {("required", ""): "yes", ("tags", ""): "gate night"}).book
    return edit_template.save(desk, replace(draft, book=book))


def test_a_draft_is_there_again(desk):
    draft = written(desk)
    again = edit_template.open_draft(desk, draft.uid)
    assert again.book == draft.book
    assert again.title == "Night round"
    assert [each.uid for each in edit_template.drafts(desk)] == [draft.uid]
    assert draft.title.encode() not in next((desk.store.folder / "drafts").glob("*")).read_bytes()
    edit_template.discard(desk, draft.uid)
    assert edit_template.drafts(desk) == []
    with pytest.raises(Trouble, match="draft_missing"):
        edit_template.open_draft(desk, draft.uid)


def test_what_somebody_else_saved_meanwhile_is_not_saved_over(desk):
    draft = written(desk)
    mine, theirs = edit_template.open_draft(desk, draft.uid), edit_template.open_draft(desk, draft.uid)
    saved = edit_template.save(desk, replace(theirs, book=edit_template.new_book("Theirs")))
    for late in (edit_template.save, edit_template.publish):
        with pytest.raises(Refusal, match="draft_saved_elsewhere"):
            late(desk, replace(mine, book=edit_template.new_book("Mine")))
    assert edit_template.open_draft(desk, draft.uid).title == "Theirs"
    # whoever saved it last goes on saving, and mine can be kept apart
    edit_template.save(desk, replace(saved, book=edit_template.new_book("Theirs again")))
    edit_template.save(desk, edit_template.another(desk, replace(mine, book=edit_template.new_book("Mine"))))
    assert {each.title for each in edit_template.drafts(desk)} == {"Theirs again", "Mine"}


def test_what_was_discarded_does_not_come_back_by_itself(desk):
    draft = written(desk)
    last = edit_template.discard(desk, draft.uid)
    assert last == draft
    with pytest.raises(Refusal, match="draft_discarded"):
        edit_template.save(desk, draft)
    assert edit_template.drafts(desk) == []
    edit_template.bring_back(desk, last)
    assert edit_template.drafts(desk)[0].book == draft.book
    with pytest.raises(Refusal, match="draft_saved_elsewhere"):
        edit_template.bring_back(desk, last)


def test_of_two_windows_that_save_at_once_one_is_refused(desk):
    draft = written(desk)
    savers = [edit_template.Saver(draft) for _ in range(2)]
    assert savers[0].save(desk, draft).saving != savers[0].save(desk, draft).saving
    with pytest.raises(Refusal, match="draft_saved_elsewhere"):
        savers[1].save(desk, draft)


def test_a_damaged_draft_hides_no_other(desk):
    draft, other = written(desk), written(desk, "Other")
    file = next((desk.store.folder / "drafts").glob(f"*{draft.uid}*"))
    file.write_bytes(file.read_bytes()[:-9])
    assert [each.uid for each in edit_template.drafts(desk)] == [other.uid]


def test_publishing_makes_a_template_and_lets_the_draft_go(desk):
    draft = written(desk)
    change_ = edit_template.publish(desk, draft)
    with desk.reader() as reader:
        template = reader.get(Template, change_.uid)
    assert (template.title, template.form_id, template.version, template.questions) == (
        "Night round",
        "night_round",
        "1",
        1,
    )
    assert edit_template.drafts(desk) == []
    walk = start(desk, template.uid, add_place(desk, "Harbour").uid).uid
    assert [item.name for item in open_sheet(desk, walk).fill.items()] == ["gate", "gates_open"]


def test_what_is_wrong_is_named_and_nothing_is_lost(desk):
    draft = edit_template.begin(desk, "Empty")
    with pytest.raises(Refusal, match="draft_has_faults"):
        edit_template.publish(desk, draft)
    assert len(edit_template.drafts(desk)) == 1


def test_a_copy_is_a_new_version_and_keeps_what_the_editor_does_not_know(desk):
    with desk.reader() as reader:
        old = reader.find(Template, form_id="five_s_area_audit")[0]
    draft = edit_template.begin_from(desk, old.uid)
    made = edit_template.publish(desk, draft)
    with desk.reader() as reader:
        new = reader.get(Template, made.uid)
        assert reader.get(Template, old.uid) == old
    assert (new.version, new.questions, new.languages) == (f"{int(old.version) + 1}", old.questions, old.languages)
    kept = desk.store.folder / "new.xlsx"
    kept.write_bytes(desk.store.evidence.read(new.source))
    sheets = load_workbook(kept).sheetnames
    assert "about" in sheets
    assert edit_template.begin_from(desk, old.uid).book.settings.rows[0]["version"] == f"{int(old.version) + 2}"


def test_drafts_are_in_the_backup(desk, tmp_path):
    draft = written(desk)
    back_up(desk.store, tmp_path / "b.gembabackup", passphrase="correct horse battery")
    restore(tmp_path / "b.gembabackup", tmp_path / "again")
    assert [file.stem for file in (tmp_path / "again" / "drafts").glob("*")] == [f"checklist-{draft.uid}"]


def test_the_library_finds_kept_questions_and_those_of_all_checklists(desk):
    draft = written(desk)
    kept = question_library.keep(desk, draft.book, 1)
    assert kept.tags == ("gate", "night")
    assert [item.label for item in question_library.search(desk, "gates #night")] == ["Gates open"]
    found = question_library.search(desk, "floor")
    assert found
    assert all(item.source for item in found)
    question_library.forget(desk, kept.uid)
    assert question_library.search(desk, "#night") == []


def test_a_walk_draws_its_questions_and_records_the_seed(desk):
    draft = edit_template.begin(desk, "Lots")
    book = change(add(draft.book, Type("section"), label="Pool").book, 0, {("draw", ""): "2"}).book
    for label in ("Alpha", "Bravo", "Charlie", "Delta", "Echo"):
        book = add(book, Type("text"), label=label, after=0).book
    uid = edit_template.publish(desk, replace(draft, book=book)).uid
    place = add_place(desk, "Harbour").uid
    walks = [start(desk, uid, place).uid for _ in range(6)]
    asked = [[item.name for item in open_sheet(desk, walk).fill.items() if item.kind == "question"] for walk in walks]
    assert {len(each) for each in asked} == {2}
    assert len({tuple(each) for each in asked}) > 1
    with desk.reader() as reader:
        seeds = [reader.get(Assessment, walk).seed for walk in walks]
    assert len(set(seeds)) == 6
    with desk.reader() as reader:
        assert assessment_facts(desk, reader, walks[0]).seed == seeds[0]
    again = [[item.name for item in open_sheet(desk, walk).fill.items() if item.kind == "question"] for walk in walks]
    assert again == asked


def test_a_checklist_that_draws_nothing_has_no_seed(desk):
    with desk.reader() as reader:
        template = reader.find(Template)[0]
    walk = start(desk, template.uid, add_place(desk, "Harbour").uid).uid
    with desk.reader() as reader:
        assert reader.get(Assessment, walk).seed == ""


def test_a_finding_is_raised_against_what_its_question_traces_to(desk):
    draft = edit_template.begin(desk, "Traced")
    book = add(draft.book, Type("repeat"), label="Queues").book
    edited = add(book, Type("text"), label="Who waited?", after=0)
    book = change(edited.book, edited.at, {("criterion", ""): "Nobody waits longer than ten minutes"}).book
    book = add(book, Type("text"), label="What else?", after=0).book
    uid = edit_template.publish(desk, replace(draft, book=book)).uid
    walk = start(desk, uid, add_place(desk, "Harbour").uid).uid
    for path in ("/data/queues[1]/who_waited", "/data/queues[1]/what_else"):
        raise_finding(desk, walk, path=path, grade=FindingGrade.MINOR, text="Eight did.")
    against = [finding.criterion for finding in open_sheet(desk, walk).findings]
    assert against == ["Nobody waits longer than ten minutes", "What else?"]
