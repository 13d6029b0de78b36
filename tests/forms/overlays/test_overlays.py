"""A region says more over a core template, and can never take anything from it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.forms.book import Book, Sheet, read_book, write_book
from gemba.forms.filling import Fill
from gemba.forms.overlays.fault_words import fault_words
from gemba.forms.overlays.laying import lay, try_to_lay
from gemba.forms.overlays.proving import weakened
from gemba.forms.overlays.upgrading import upgrade
from gemba.forms.reading import read

CORE = {
    "survey": [
        ["type", "name", "label::English (en)", "hint::English (en)", "required", "constraint", "bind::gemba:weight",
         "bind::gemba:critical", "relevant"],
        ["begin_group", "door", "At the door"],
        ["select_one yn", "greeted", "Were you greeted?", "Listen", "yes", "", "2", "yes"],
        ["integer", "wait", "How long was the wait?", "", "", ". >= 0"],
        ["end_group"],
        ["text", "end", "Anything else?", "", "", "", "", "", "${wait} > 3"],
    ],
    "choices": [
        ["list_name", "name", "label::English (en)", "score"],
        ["yn", "yes", "Yes", "1"],
        ["yn", "no", "No", "0"],
    ],
    "settings": [
        ["form_title", "form_id", "version", "namespaces"],
        ["Visit", "visit", "1", 'gemba="https://gemba.example/xforms"'],
    ],
}  # fmt: skip
SETTINGS = [["overlay_of", "core_version", "region", "version"], ["visit", "1", "Nord", "1"]]


def book(sheets) -> Book:
    made = Book()
    for name, (head, *rows) in sheets.items():
        cells = [{each: text for each, text in zip(head, row, strict=False) if text} for row in rows]
        made.take(Sheet(name, list(head), cells, list(range(2, len(rows) + 2))))
    return read_book(write_book(made), "made.xlsx")


def overlay(survey=(), choices=(), about=SETTINGS) -> Book:
    sheets = {"survey": list(survey) or [["name"]], "settings": about}
    return book(sheets | ({"choices": list(choices)} if choices else {}))


def form(made: Book):
    return read(write_book(made), name="made.xlsx")


@pytest.fixture(scope="module")
def core() -> Book:
    return book(CORE)


def faults(core, *survey, choices=()):
    return [(fault.item, fault.code) for fault in try_to_lay(core, overlay(survey, choices)).faults]


def test_a_region_translates(core) -> None:
    local = form(lay(core, overlay(
        [["name", "label::French (fr)"], ["greeted", "Vous a-t-on salué ?"]],
        [["list_name", "name", "label::French (fr)"], ["yn", "yes", "Oui"]],
    )))  # fmt: skip
    assert local.languages == ("English (en)", "French (fr)")
    assert weakened(form(core), local) == []


def test_a_region_adds_where_it_says(core) -> None:
    local = form(lay(core, overlay([
        ["overlay", "type", "name", "label", "after", "into"],
        ["add", "text", "name_badge", "Name badge?", "greeted"],
        ["add", "text", "weather", "Weather?", "", "door"],
        ["add", "begin_group", "region", "Ours"],
        ["add", "integer", "trams", "Trams?"],
        ["add", "end_group"],
    ])))  # fmt: skip
    assert list(local.elements) == [
        "/data/door", "/data/door/greeted", "/data/door/name_badge", "/data/door/wait", "/data/door/weather",
        "/data/end", "/data/region", "/data/region/trams",
    ]  # fmt: skip
    assert local.rule("/data/region/trams").extras["local"] == "yes"
    assert "local" not in local.rule("/data/end").extras
    assert weakened(form(core), local) == []
    assert (local.form_id, local.version, local.title) == ("visit--nord", "1+1", "Visit – Nord")


def test_a_region_demands_more(core) -> None:
    rows = [
        ["name", "required", "constraint", "bind::gemba:weight", "bind::gemba:critical"],
        ["wait", "yes", ". < 600"],
        ["greeted", "", "", "5"],
        ["end", "", "", "", "yes"],
    ]
    local = form(lay(core, overlay(rows)))
    wait = local.rule("/data/door/wait")
    assert (wait.required, wait.constraint) == ("true()", "(. >= 0) and (. < 600)")
    assert weakened(form(core), local) == []


@pytest.mark.parametrize(
    ("header", "text", "code"),
    [
        ("required", "no", "weaker"),
        ("required", "${wait} > 3", "weaker"),
        ("bind::gemba:critical", "no", "weaker"),
        ("bind::gemba:weight", "1", "weighs_less"),
        ("bind::gemba:weight", "0", "no_weight"),
        ("bind::gemba:weight", "much", "no_weight"),
        ("relevant", "false()", "not_allowed"),
        ("type", "text", "not_allowed"),
        ("default", "yes", "not_allowed"),
        ("calculation", "'yes'", "not_allowed"),
        ("read_only", "yes", "not_allowed"),
        ("choice_filter", "true()", "not_allowed"),
        ("parameters", "randomize=true", "not_allowed"),
        ("bind::gemba:scale", "other", "not_allowed"),
        ("bind::relevant", "false()", "not_allowed"),
        ("body::intent", "x", "not_allowed"),
    ],
)
def test_a_mandatory_question_cannot_be_weakened(core, header, text, code) -> None:
    (fault,) = try_to_lay(core, overlay([["name", header], ["greeted", text]])).faults
    assert fault.code == code
    assert "greeted" in fault_words(fault)
    with pytest.raises(Refusal, match=r"forms\.overlay_weakens"):
        lay(core, overlay([["name", header], ["greeted", text]]))


def test_a_mandatory_list_gets_no_new_way_out(core) -> None:
    head = ["list_name", "name", "label", "score"]
    assert faults(core, choices=[head, ["yn", "na", "Not applicable"]]) == [("na", "new_way_out")]
    assert faults(core, choices=[head, ["yn", "yes", "Yes", "9"]]) == [("yes", "not_allowed")]
    assert faults(core, choices=[head, ["ours", "na", "Not applicable"]]) == []


def test_what_is_no_overlay_is_said(core) -> None:
    assert faults(core, ["overlay", "type", "name", "label"], ["add", "text", "wait", "Wait?"]) == [
        ("wait", "name_taken")
    ]
    assert faults(core, ["type", "name", "after"], ["text", "new", "nowhere"]) == [("new", "no_anchor")]
    assert faults(core, ["type", "name", "into"], ["text", "new", "wait"]) == [("new", "no_section")]
    assert faults(core, ["name", "label"], ["nobody", "Who?"]) == [("nobody", "unknown_item")]
    assert faults(core, ["type", "name"], ["begin_group", "open"]) == [("open", "not_closed")]
    assert faults(core, ["type", "name"], ["end_group", ""]) == [("", "stray_end")]
    assert faults(core, ["overlay", "name"], ["remove", "greeted"]) == [("greeted", "unknown_word")]
    assert faults(core, ["name", "constraint"], ["wait", ". < 5 and"]) == [("wait", "bad_rule")]
    assert faults(core, ["type", "name", "relevant"], ["text", "new", "${nobody} = 1"]) == [("new", "bad_rule")]
    for about, code in (
        ([["region"], ["Nord"]], "forms.no_overlay"),
        ([["overlay_of", "region"], ["other", "Nord"]], "forms.another_core"),
    ):
        with pytest.raises(Refusal, match=code):
            try_to_lay(core, overlay(about=about))


CELLS = st.dictionaries(
    st.sampled_from(
        ["label", "label::French (fr)", "hint", "required", "constraint", "relevant", "type", "default", "calculation",
         "bind::gemba:weight", "bind::gemba:critical", "appearance", "read_only", "after", "into", "overlay"]
    ),
    st.sampled_from(["yes", "no", "1", "3", "0", ". > 1", "text", "integer", "greeted", "door", "add", "minimal"]),
    max_size=4,
)  # fmt: skip
ROWS = st.lists(st.tuples(st.sampled_from(["greeted", "wait", "end", "door", "mine", "ours"]), CELLS), max_size=6)


@settings(max_examples=40, deadline=None)
@given(rows=ROWS)
def test_whatever_an_overlay_says_the_core_stays_whole(core, rows) -> None:
    head = ["name", *dict.fromkeys(header for _, cells in rows for header in cells)]
    survey = [head, *[[name, *[cells.get(header, "") for header in head[1:]]] for name, cells in rows]]
    laid = try_to_lay(core, overlay(survey))  # what may be laid is laid, what may not is listed
    try:
        local = form(laid.book)
    except Refusal:
        return  # an addition of the region that is no form, such as a question that does not exist in its rule
    assert weakened(form(core), local) == []


class TestUpgrade:
    @pytest.fixture
    def ours(self) -> Book:
        return overlay([
            ["overlay", "type", "name", "label", "label::French (fr)", "bind::gemba:weight", "after"],
            ["", "", "greeted", "", "Vous a-t-on salué ?", "3"],
            ["", "", "end", "", "Autre chose ?"],
            ["add", "text", "badge", "Name badge?", "", "", "wait"],
        ])  # fmt: skip

    def next_core(self, **changes) -> Book:
        head = CORE["survey"][0]
        survey = [head]
        for row in CORE["survey"][1:]:
            cells = dict(zip(head, [*row, *[""] * 9], strict=False)) | changes.get(row[1] if len(row) > 1 else "", {})
            survey.append(list(cells.values()))
        survey = [row for row in survey if row[1] not in changes.get("without", ())]
        made = book(CORE | {"survey": survey + changes.get("more", [])})
        made.settings.rows[0]["version"] = "2"
        return made

    def upgraded(self, core, new, ours):
        found = upgrade(core, new, ours)
        assert try_to_lay(new, found.overlay).faults == ()
        assert weakened(form(new), form(lay(new, found.overlay))) == []
        return {(note.sort, note.item) for note in found.notes}, found.overlay

    def test_what_only_one_side_changed_is_taken_silently(self, core, ours) -> None:
        new = self.next_core(wait={"constraint": ". >= 1"})
        notes, made = self.upgraded(core, new, ours)
        assert notes == set()
        assert lay(new, made).settings.rows[0]["version"] == "2+1"

    def test_words_that_changed_below_a_translation_are_named(self, core, ours) -> None:
        new = self.next_core(greeted={"label::English (en)": "Did somebody greet you?"})
        assert self.upgraded(core, new, ours)[0] == {("core_changed", "greeted")}

    def test_what_the_core_took_over_is_no_longer_ours(self, core, ours) -> None:
        new = self.next_core(greeted={"bind::gemba:weight": "3"})
        notes, made = self.upgraded(core, new, ours)
        assert notes == {("adopted", "greeted")}
        assert "bind::gemba:weight" not in made.survey.rows[0]

    def test_a_core_that_is_stricter_wins_and_ours_is_parked(self, core, ours) -> None:
        new = self.next_core(greeted={"bind::gemba:weight": "4"})
        notes, made = self.upgraded(core, new, ours)
        assert ("weaker", "greeted") in notes
        again = read_book(write_book(made), "again.xlsx")
        assert [row for row in again.survey.rows if row.get("overlay") == "parked"] == [
            {"name": "greeted", "bind::gemba:weight": "3", "overlay": "parked"}
        ]

    def test_what_lost_its_question_is_parked_and_stays_readable(self, core, ours) -> None:
        notes, made = self.upgraded(core, self.next_core(without=["end"]), ours)
        assert notes == {("gone", "end")}
        assert any("Autre chose ?" in row.values() and row["overlay"] == "parked" for row in made.survey.rows)

    def test_an_addition_whose_anchor_is_gone_goes_to_the_end_of_its_section(self, core, ours) -> None:
        new = self.next_core(without=["wait"], end={"relevant": ""})
        notes, made = self.upgraded(core, new, ours)
        assert notes == {("anchor_gone", "badge")}
        assert "/data/door/badge" in form(lay(new, made)).elements

    def test_a_name_that_the_core_takes_is_parked(self, core, ours) -> None:
        new = self.next_core(more=[["text", "badge", "Badge?"]])
        assert self.upgraded(core, new, ours)[0] == {("now_in_core", "badge")}


@pytest.mark.parametrize(
    ("greeted", "tidy", "percent", "core_percent"), [("yes", "no", 75.0, 100.0), ("no", "yes", 25.0, 0.0)]
)
def test_the_score_by_the_core_stands_beside_the_local_one(core, greeted, tidy, percent, core_percent) -> None:
    local = form(lay(core, overlay([
        ["overlay", "type", "name", "label", "bind::gemba:weight"],
        ["", "", "greeted", "", "3"],
        ["add", "select_one yn", "tidy", "Is it tidy?"],
    ])))  # fmt: skip
    fill = Fill(local, now=lambda: datetime(2026, 3, 2, tzinfo=UTC))
    fill.set("/data/door/greeted", greeted)
    fill.set("/data/tidy", tidy)
    assert fill.score().percent == percent
    assert fill.score().core is not None
    assert fill.score().core.percent == core_percent
    alone = Fill(form(core), now=lambda: datetime(2026, 3, 2, tzinfo=UTC))
    alone.set("/data/door/greeted", greeted)
    assert alone.score().percent == core_percent
    assert alone.score().core is None
