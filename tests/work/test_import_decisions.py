"""Decision logs from files: guessed, tried, taken in once, told row by row what is amiss."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec
import pytest
from tests.work.auditing import judge, plan_audit, promise

from gemba.domain.decisions import Decision, Standing, decision_uid
from gemba.domain.escalations import Escalation
from gemba.domain.intakes import Intake
from gemba.domain.places import Place
from gemba.domain.programmes import Audit, AuditState
from gemba.errors import Refusal
from gemba.work.boundaries import BoundaryDraft, set_boundary
from gemba.work.decision_row import UnknownGoal
from gemba.work.decisions import change
from gemba.work.desk import Desk
from gemba.work.erase import erase
from gemba.work.import_decisions import dry_run, import_, undated
from gemba.work.inspect_complaints import inspect as inspect_complaints
from gemba.work.inspect_decisions import corrected, inspect
from gemba.work.intake_plan import UnknownPlace

HEADS = ("Decision no", "Date of decision", "Site", "Role", "What was decided", "Reason", "Amount", "Currency",
         "Escalated", "Case type")  # fmt: skip
ROW = ("7", "2026-01-13", "Harbour branch", "Branch lead", "Refund without receipt", "Parcel lost", "80.5", "EUR", "no",
       "refund")  # fmt: skip


def log(folder: Path, rows: Sequence[Sequence[str]], heads: Sequence[str] = HEADS, name: str = "log.csv") -> Path:
    file = folder / name
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([heads, *rows])
    return file


def row(**said: str) -> tuple[str, ...]:
    at = {"key": 0, "day": 1, "place": 2, "role": 3, "title": 4, "amount": 6, "unit": 7, "escalated": 8}
    cells = list(ROW)
    for name, value in said.items():
        cells[at[name]] = value
    return tuple(cells)


def many(desk: Desk) -> list[Decision]:
    with desk.reader() as reader:
        return reader.find(Decision)


@pytest.fixture
def refunds(desk: Desk, place: str) -> str:
    del place
    draft = BoundaryDraft(role="Branch lead", scenario="refund", limit=50, unit="EUR", valid_from=date(2020, 1, 1))
    return set_boundary(desk, draft).uid


def test_columns_are_guessed_with_reasons_and_a_try_changes_nothing(desk: Desk, refunds: str, tmp_path: Path) -> None:
    file = log(tmp_path, [ROW, row(key="8", amount="20")])
    seen = inspect(desk, file)
    assert [one.field for one in seen.columns] == [
        *("key", "decided_on", "place", "role", "title", "why", "amount", "unit", "escalated", "scenario")
    ]
    assert all(one.reason for one in seen.columns)
    tried = dry_run(desk, file, seen.reading, seen.plan)
    assert (tried.added, tried.refused) == (2, 0)
    assert tried.standings == {"beyond": 1, "within": 1}
    assert many(desk) == []


def test_the_same_file_again_changes_nothing(desk: Desk, place: str, refunds: str, tmp_path: Path) -> None:
    file = log(tmp_path, [ROW])
    seen = inspect(desk, file, source="till")
    made = import_(desk, file, seen.reading, seen.plan)
    (one,) = many(desk)
    assert one.uid == decision_uid("till", "7")
    assert (one.place, one.decided_on, one.amount, one.standing, one.boundary) == (
        place,
        date(2026, 1, 13),
        80.5,
        Standing.BEYOND,
        refunds,
    )
    assert one.number.startswith("D-")
    assert "decision" in made.change.topics
    again = inspect(desk, file)
    assert again.remembered
    assert again.plan.source == "till"
    counted = import_(desk, file, again.reading, again.plan).counted
    assert (counted.added, counted.changed, counted.unchanged) == (0, 0, 1)
    assert many(desk) == [one]


def test_what_the_file_says_anew_is_taken_and_what_people_said_stays(desk: Desk, refunds: str, tmp_path: Path) -> None:
    file = log(tmp_path, [ROW, row(key="8")])
    seen = inspect(desk, file)
    import_(desk, file, seen.reading, seen.plan)
    first, second = many(desk)
    change(desk, second.uid, title="Refund, seen by me")
    file = log(tmp_path, [row(amount="10"), row(key="8", amount="10", title="Refund as the till has it")])
    counted = import_(desk, file, seen.reading, seen.plan).counted
    assert (counted.changed, counted.kept, counted.unchanged) == (2, 1, 0)
    first, second = many(desk)
    assert (first.amount, first.standing) == (10, Standing.WITHIN)
    assert (second.amount, second.title) == (10, "Refund, seen by me")
    file = log(tmp_path, [row(amount="99"), row(key="8", amount="99", title="Refund as the till has it")])
    assert import_(desk, file, seen.reading, seen.plan).counted.changed == 2
    assert [one.amount for one in many(desk)] == [99, 99]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (row(day=""), "no_day"),
        (row(day="31.02.2026"), "date"),
        (row(day="2999-01-01"), "ahead_day"),
        (row(place="Nowhere"), "unknown_place"),
        (row(place=""), "no_place"),
        (row(role=""), "no_role"),
        (row(title=""), "no_title"),
        (row(key=""), "no_key"),
        (row(amount="-5"), "negative"),
        (row(amount="many"), "amount"),
        (row(amount="1.080,50"), "amount"),
        (row(unit=""), "no_unit"),
        (row(escalated="perhaps"), "unknown_word"),
        (row(title="Something else"), "key_twice"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_reason(
    desk: Desk, refunds: str, tmp_path: Path, cells: tuple[str, ...], code: str
) -> None:
    good = inspect(desk, log(tmp_path, [ROW, row(key="8"), row(key="9")], name="good.csv"))
    file = log(tmp_path, [row(key="1"), ROW, cells] if code == "key_twice" else [row(key="1"), cells])
    out = tmp_path / "refused.csv"
    counted = import_(desk, file, good.reading, good.plan, refused=out).counted
    assert counted.reasons == {code: 1}
    assert counted.first_refused[0].words
    assert counted.undated == (code == "no_day")
    with desk.reader() as reader:
        assert undated(reader) == counted.undated
    with out.open(encoding="utf-8-sig", newline="") as lines:
        heads, refused = csv.reader(lines)
    assert heads[:4] == list(HEADS[:4])
    assert refused[-1] == counted.first_refused[0].words


def test_refused_rows_come_in_once_they_are_mended(desk: Desk, refunds: str, tmp_path: Path) -> None:
    file, out = log(tmp_path, [row(title="=HYPERLINK(1)", day="")]), tmp_path / "refused.csv"
    seen = inspect(desk, log(tmp_path, [ROW], name="good.csv"), source="till")
    import_(desk, file, seen.reading, seen.plan, refused=out)
    assert "'=HYPERLINK" in out.read_text("utf-8-sig")
    out.write_text(out.read_text("utf-8-sig").replace("7,,", "7,2026-02-01,"), "utf-8")
    mended = inspect(desk, out, source="till")
    assert import_(desk, out, mended.reading, mended.plan).counted.added == 1
    assert many(desk)[0].title == "=HYPERLINK(1)"


def test_decimal_commas_semicolons_and_an_old_encoding(desk: Desk, refunds: str, tmp_path: Path) -> None:
    file = tmp_path / "alt.csv"
    lines = ["Vorgangsnummer;Entschieden am;Standort;Rolle;Entscheidung;Betrag;Fallart"]
    lines += ["1;13.01.2026;Harbour branch;Branch lead;Rückzahlung ohne Beleg;1.080,50 €;refund"]
    file.write_bytes("\r\n".join(lines).encode("cp1252"))
    seen = inspect(desk, file)
    assert (seen.reading.separator, seen.reading.decimal, seen.plan.date_order) == (";", ",", "dmy")
    import_(desk, file, seen.reading, seen.plan)
    (one,) = many(desk)
    assert (one.title, one.amount, one.unit, one.standing) == (
        "Rückzahlung ohne Beleg",
        1080.5,
        "EUR",
        Standing.BEYOND,
    )


def test_a_workbook(desk: Desk, refunds: str, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADS)
    sheet.append([7, date(2026, 1, 13), "Harbour branch", "Branch lead", "Refund", "", 50, "EUR", "yes", "refund"])
    book.save(tmp_path / "log.xlsx")
    seen = inspect(desk, tmp_path / "log.xlsx")
    import_(desk, tmp_path / "log.xlsx", seen.reading, seen.plan)
    assert [(one.key, one.standing) for one in many(desk)] == [("7", Standing.NEEDLESS)]


def test_commitments_are_named_by_code_and_contradictions_open_conflicts(
    desk: Desk, place: str, tmp_path: Path
) -> None:
    goal = promise(desk, "told", valid_from=date(2026, 1, 1))
    heads = ("Id", "Date", "Site", "Role", "Decision", "Goal", "Contradicts", "Expires")
    rows = [
        ("1", "2026-01-13", "Harbour branch", "Lead", "No call back", "TOLD", "yes", ""),
        ("2", "2026-01-13", "Harbour branch", "Lead", "No call back", "told", "yes", "2026-01-14"),
        ("3", "2025-12-31", "Harbour branch", "Lead", "No call back", "told", "yes", ""),
        ("4", "2026-01-13", "Harbour branch", "Lead", "No call back", "nothing", "no", ""),
        ("5", "2026-01-13", "Harbour branch", "Lead", "No call back", "", "yes", ""),
    ]
    file = log(tmp_path, rows, heads)
    seen = inspect(desk, file)
    counted = import_(desk, file, seen.reading, seen.plan).counted
    assert counted.reasons == {"goal_not_then": 1, "unknown_goal": 1, "no_goal": 1}
    assert counted.unknown["goal"] == {"nothing": 1}
    assert counted.conflicts == 1
    with desk.reader() as reader:
        assert [one.subject for one in reader.find(Escalation)] == [f"decision:{decision_uid('log', '1')}"]
    assert {one.goal for one in many(desk)} == {goal}
    again = import_(desk, file, seen.reading, seen.plan)
    assert again.counted.unchanged == 2
    with desk.reader() as reader:
        assert len(reader.find(Escalation)) == 1
    plan = msgspec.structs.replace(seen.plan, unknown_goals=UnknownGoal.EMPTY)
    assert import_(desk, file, seen.reading, plan).counted.added == 1


def test_unknown_places_are_made_when_somebody_says_so(desk: Desk, tmp_path: Path) -> None:
    file = log(tmp_path, [row(place="Hill"), row(key="8", place="hill")])
    seen = inspect(desk, file)
    plan = msgspec.structs.replace(seen.plan, unknown_places=UnknownPlace.MAKE)
    assert dry_run(desk, file, seen.reading, plan).new_places == ("Hill",)
    import_(desk, file, seen.reading, plan)
    with desk.reader() as reader:
        (made,) = reader.find(Place, name="Hill")
    assert {one.place for one in many(desk)} == {made.uid}


def test_a_log_of_one_site_and_role_needs_no_columns_for_them(desk: Desk, place: str, tmp_path: Path) -> None:
    file = log(tmp_path, [("1", "2026-01-13", "Opened late")], ("Id", "Date", "Decision"))
    seen = inspect(desk, file)
    assert len(seen.questions) == 2
    with pytest.raises(Refusal, match="intake_lacks"):
        dry_run(desk, file, seen.reading, seen.plan)
    plan = msgspec.structs.replace(seen.plan, place=place, role="Branch lead")
    import_(desk, file, seen.reading, plan)
    assert [(one.place, one.role) for one in many(desk)] == [(place, "Branch lead")]


def test_a_cancelled_import_leaves_nothing(desk: Desk, refunds: str, tmp_path: Path) -> None:
    file = log(tmp_path, [row(key=str(n)) for n in range(4100)])
    seen = inspect(desk, file)
    calls = []

    def step(done: int, total: int, words: str) -> None:
        calls.append((done, total, words))
        if len(calls) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_(desk, file, seen.reading, seen.plan, step=step, refused=tmp_path / "refused.csv")
    with desk.reader() as reader:
        assert not reader.find(Decision)
        assert not reader.find(Intake)
    assert import_(desk, file, seen.reading, seen.plan).counted.added == 4100
    assert len({one.number for one in many(desk)}) == 4100


def test_a_correction_takes_the_field_from_its_column(desk: Desk, refunds: str, tmp_path: Path) -> None:
    seen = inspect(desk, log(tmp_path, [ROW]))
    plan = corrected(seen.plan, seen.reading, {"Reason": "title"})
    assert "What was decided" not in plan.mapping
    assert plan.mapping["Reason"] == "title"
    with pytest.raises(Refusal, match="intake_field"):
        corrected(seen.plan, seen.reading, {"Reason": "standing"})
    with pytest.raises(Refusal, match="intake_column"):
        corrected(seen.plan, seen.reading, {"Nothing": "title"})


def test_what_was_erased_stays_so_and_the_rest_goes_on(desk: Desk, refunds: str, tmp_path: Path) -> None:
    file = log(tmp_path, [ROW])
    seen = inspect(desk, file)
    import_(desk, file, seen.reading, seen.plan)
    (one,) = many(desk)
    erase(desk, "decision", one.uid, "Asked for.")
    counted = import_(desk, log(tmp_path, [row(amount="10")]), seen.reading, seen.plan).counted
    assert (counted.changed, counted.erased, counted.refused) == (1, 1, 0)
    (one,) = many(desk)
    assert (one.title, one.why, one.amount) == ("", "", 10)
    change(desk, one.uid, amount=20.0)
    assert many(desk)[0].amount == 20


def test_a_line_in_another_encoding_is_read_or_told_and_never_lost(desk: Desk, refunds: str, tmp_path: Path) -> None:
    file = log(tmp_path, [row(key=str(n), title="Rückzahlung") for n in range(30)])
    odd = ",".join(row(key="odd", title="Rückzahlung")).encode("cp1252")
    file.write_bytes(file.read_bytes() + odd + b"\r\n")
    seen = inspect(desk, file)
    counted = import_(desk, file, seen.reading, seen.plan).counted
    assert counted.added + counted.refused == 31
    assert counted.added >= 30
    assert {one.title for one in many(desk)} == {"Rückzahlung"}


def test_complaints_do_not_take_over_how_decisions_were_read(desk: Desk, refunds: str, tmp_path: Path) -> None:
    file = log(tmp_path, [ROW])
    seen = inspect(desk, file)
    import_(desk, file, seen.reading, seen.plan)
    assert inspect(desk, file).remembered
    assert not inspect_complaints(desk, file).remembered


def test_one_that_a_concluded_audit_judged_is_refused(desk: Desk, place: str, refunds: str, tmp_path: Path) -> None:
    file = log(tmp_path, [ROW])
    seen = inspect(desk, file)
    import_(desk, file, seen.reading, seen.plan)
    audit = plan_audit(desk, place, "2026-Q1")
    judge(desk, audit, many(desk)[0].uid, promise(desk))
    with desk.unit() as unit:
        unit.change(Audit, audit, state=AuditState.CONCLUDED)
    counted = import_(desk, log(tmp_path, [row(amount="10")]), seen.reading, seen.plan).counted
    assert (counted.changed, counted.reasons) == (0, {"audited": 1})
    assert many(desk)[0].amount == 80.5
    assert import_(desk, log(tmp_path, [ROW]), seen.reading, seen.plan).counted.unchanged == 1


def test_a_file_whose_every_record_is_broken_says_so_and_not_that_it_is_empty(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_bytes(b"Id,Date,Decision\n1,2026-01-05,A\x00B\n")
    with pytest.raises(Refusal) as refused:
        inspect(desk, file)
    assert (refused.value.code, refused.value.facts["line"]) == ("work.intake_broken", 2)


def test_an_amount_that_nobody_can_mean_is_refused_like_any_that_is_none(
    desk: Desk, refunds: str, tmp_path: Path
) -> None:
    file = log(tmp_path, [row(key=str(n), amount=one) for n, one in enumerate(("9" * 300, "1000000000000", "-1"))])
    seen = inspect(desk, file)
    counted = dry_run(desk, file, seen.reading, seen.plan)
    assert (counted.added, counted.refused) == (1, 2)
    assert counted.reasons == {"amount": 1, "negative": 1}
