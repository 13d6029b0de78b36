"""Files as they come: whatever is wrong is said in one sentence, nothing else is lost."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.work.test_import_complaints import HEAD, Stop, branch, bring, counts, get, row, table

from gemba.domain.complaints import Complaint
from gemba.errors import GembaError, Refusal, Trouble
from gemba.store.checking import check
from gemba.wording import sentence
from gemba.work.import_complaints import dry_run
from gemba.work.inspect_complaints import inspect

__all__ = ["branch", "table"]

GOOD = [row(f"G{n}", branch="") for n in range(5)]


@pytest.fixture
def raw(tmp_path):
    """Writes bytes of lines."""

    def write(*lines: bytes, name="crm.csv", head=HEAD):
        file = tmp_path / name
        file.write_bytes(b"\n".join([head.encode(), *lines, b""]))
        return file

    return write


def one_sentence(error: GembaError) -> str:
    said = sentence(error)
    assert said[-1] in ".!"
    assert "{" not in said
    assert "\n" not in said
    return said


def reasons(done) -> dict[str, int]:
    for one in done.counted.first_refused:
        assert one.words.endswith(".")
        assert "{" not in one.words
    return done.counted.reasons


def test_three_encodings_in_one_file(desk, raw, tmp_path) -> None:
    lines = [f"K{n},2026-02-13,,,high,Jörg,Größe".encode() for n in range(4)]
    lines[2] = lines[2].decode().encode("cp1252")
    lines[3] = lines[3].decode().encode("utf-16-le")
    done = bring(desk, raw(*lines, *(one.encode() for one in GOOD)), refused=tmp_path / "refused.csv")
    assert done.counted.added == 7
    assert set(reasons(done)) <= {"encoding", "nul", "columns"}
    assert get(desk, "K1").words == "Größe"
    told = (tmp_path / "refused.csv").read_text("utf-8-sig")
    assert "K2,2026-02-13,,,high,Jörg,Größe" in told
    assert not {one for one in desk_words(desk) if "\N{REPLACEMENT CHARACTER}" in one or "Ã" in one}


def desk_words(desk) -> list[str]:
    with desk.reader() as reader:
        return [one.words for one in reader.find(Complaint)]


def test_lines_of_another_encoding_in_a_western_file_are_no_garbage(desk, raw, tmp_path) -> None:
    lines = [f"K{n},2026-02-13,,,high,Jörg,Größe".encode("cp1252") for n in range(20)]
    lines[7] = lines[7].decode("cp1252").encode()
    done = bring(desk, raw(*lines), refused=tmp_path / "refused.csv")
    assert (done.counted.added, reasons(done)) == (19, {"encoding": 1})
    assert set(desk_words(desk)) == {"Größe"}
    assert counts(bring(desk, tmp_path / "refused.csv")) == (1, 0, 0, 0)
    assert get(desk, "K7").words == "Größe"


@pytest.mark.parametrize(
    ("usual", "words", "other", "strange"),
    [
        ("cp1252", "très tard Größe", "cp1251", "слишком поздно"),
        ("cp1252", "façade abîmée naïveté", "cp1253", "πολύ αργά"),
        ("cp1251", "слишком поздно заявка по SMS", "cp1252", "trop cher été"),
        ("cp1251", "слишком поздно", "cp1252", "zu spät für Jörg"),
        ("cp1253", "πολύ αργά", "cp1252", "abîmé encore"),
    ],
)
def test_lines_of_another_alphabet_are_refused_not_garbled(desk, raw, tmp_path, usual, words, other, strange) -> None:
    lines = [f"K{n},2026-02-13,,,high,Ann,{words}".encode(usual) for n in range(20)]
    lines[7] = f"K7,2026-02-13,,,high,Ann,{strange}".encode(other)
    done = bring(desk, raw(*lines), refused=tmp_path / "refused.csv")
    assert (done.counted.added, reasons(done)) == (19, {"encoding": 1})


def test_words_that_the_guessed_encoding_has_no_letters_for(desk, raw) -> None:
    lines = [f"K{n},2026-02-13,,,high,Ann,{words}" for n, words in enumerate(("plain", "café", "café", "кофе"))]
    codes = ("ascii", "utf-8", "cp1252", "cp1251")
    done = bring(desk, raw(*(line.encode(code) for line, code in zip(lines, codes, strict=True))))
    assert done.counted.added + done.counted.refused == 4
    assert get(desk, "K0").words == "plain"
    assert done.counted.refused
    assert set(reasons(done)) == {"encoding"}


def test_nul_bytes(desk, raw) -> None:
    done = bring(desk, raw(GOOD[0].encode(), b"K1,2026-02-13,,,high,A\0B,x", GOOD[1].encode()))
    assert (done.counted.added, reasons(done)) == (2, {"nul": 1})


@pytest.mark.parametrize(
    "bad",
    [
        b'K1,2026-02-13,,,high,Ann,"never closed',
        b'K1,2026-02-13,,,high,Ann,"in "the" middle"',
        b'"K1,2026-02-13,,,high,Ann,x',
    ],
)
def test_a_quotation_mark_that_nobody_closes_swallows_no_neighbours(desk, raw, bad) -> None:
    done = bring(desk, raw(GOOD[0].encode(), bad, *(one.encode() for one in GOOD[1:])))
    assert (done.counted.added, reasons(done)) == (5, {"quotes": 1})
    assert done.counted.first_refused[0].line == 3


def test_a_record_may_span_lines(desk, raw) -> None:
    done = bring(desk, raw(b'K1,2026-02-13,,,high,Ann,"one\ntwo, ""three"""', GOOD[0].encode()))
    assert counts(done) == (2, 0, 0, 0)
    assert get(desk, "K1").words == 'one\ntwo, "three"'


def test_a_field_of_ten_megabytes(desk, raw, tmp_path) -> None:
    big = b"K1,2026-02-13,,,high,Ann," + b"x" * 10_000_000
    done = bring(desk, raw(GOOD[0].encode(), big, GOOD[1].encode()), refused=tmp_path / "refused.csv")
    assert (done.counted.added, reasons(done)) == (2, {"long_cell": 1})
    assert "10,000,000" in done.counted.first_refused[0].words
    assert (tmp_path / "refused.csv").stat().st_size > 10_000_000


def test_a_line_of_forty_megabytes(desk, raw) -> None:
    done = bring(desk, raw(GOOD[0].encode(), b"x" * 40_000_000, GOOD[1].encode()))
    assert (done.counted.added, reasons(done)) == (2, {"long": 1})


def test_too_few_and_too_many_cells(desk, raw) -> None:
    done = bring(desk, raw(GOOD[0].encode(), b"K1,2026-02-13", (GOOD[1] + ",,").encode(), (GOOD[2] + ",x").encode()))
    assert (done.counted.added, reasons(done)) == (2, {"columns": 2})


def test_a_thousand_columns(desk, tmp_path) -> None:
    file = tmp_path / "wide.csv"
    file.write_text(",".join(f"c{n}" for n in range(1000)) + "\n" + "," * 999 + "\n")
    with pytest.raises(Refusal, match="intake_columns") as refused:
        inspect(desk, file)
    assert "1000" in one_sentence(refused.value).replace(",", "")


def test_days_that_no_calendar_has_and_moments_that_lie_ahead(desk, raw) -> None:
    """A clock that was set back shows itself by complaints that seem to come from ahead."""
    rows = [row("K1", "31/02/2026", ""), row("K2", "2036-02-01", ""), row("K3", "", ""), row("K4", "N/A", "")]
    done = bring(desk, raw(*(one.encode() for one in [*GOOD, *rows])))
    assert (done.counted.added, reasons(done)) == (5, {"date": 1, "ahead": 1, "no_receipt": 2})
    assert "clock" in next(one.words for one in done.counted.first_refused if one.code == "ahead")


def test_a_clock_that_is_set_back_between_imports_changes_nothing_that_is_here(desk, raw) -> None:
    bring(desk, raw(row("K1", branch="", words="First").encode()))
    back = type(desk)(
        **{name: getattr(desk, name) for name in desk.__struct_fields__ if name != "clock"},
        clock=lambda: desk.clock().replace(year=2026, month=2, day=20),
    )
    assert counts(bring(back, raw(row("K1", branch="", words="Second").encode()))) == (0, 1, 0, 0)
    assert get(desk, "K1").words == "Second"
    assert check(desk.store) == []


def test_a_key_twice(desk, raw) -> None:
    done = bring(desk, raw(*(one.encode() for one in [row("K1", branch=""), row("K1", branch="", words="Other")])))
    assert (done.counted.added, reasons(done)) == (1, {"key_twice": 1})
    assert get(desk, "K1").words == "The queue"


def workbook(tmp_path, parts):
    file = tmp_path / "book.xlsx"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    file.write_bytes(made.getvalue())
    return file


def test_a_workbook_that_is_a_bomb(desk, tmp_path) -> None:
    file = workbook(tmp_path, {"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": b"0" * 450_000_000})
    with pytest.raises(Refusal, match="intake_too_large") as refused:
        inspect(desk, file)
    assert "CSV" in one_sentence(refused.value)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.csv", b""),
        ("blank.csv", b"\n\n  \n"),
        ("titles.csv", HEAD.encode() + b"\n"),
        ("broken.xlsx", b"PK\x03\x04 and then nothing"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100),
        ("paper.pdf", b"%PDF-1.7\n"),
        ("archive.zip", None),
    ],
)
def test_files_that_hold_no_complaints(desk, tmp_path, name, data) -> None:
    file = tmp_path / name
    if data is None:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("a.txt", "x")
    else:
        file.write_bytes(data)
    with pytest.raises(Refusal) as refused:
        inspect(desk, file)
    assert name in one_sentence(refused.value)


def test_a_folder_and_a_file_that_is_not_there(desk, tmp_path) -> None:
    with pytest.raises(Refusal, match="intake_no_file") as refused:
        inspect(desk, tmp_path)
    one_sentence(refused.value)
    with pytest.raises(Trouble) as trouble:
        inspect(desk, tmp_path / "none.csv")
    one_sentence(trouble.value)


def test_a_bad_file_in_a_dry_run_changes_nothing_and_may_be_stopped(desk, raw) -> None:
    file = raw(*(row(f"K{n}", branch="").encode() for n in range(5000)))
    seen = inspect(desk, file, source="crm")

    def step(*_) -> None:
        raise Stop

    with pytest.raises(Stop):
        dry_run(desk, file, seen.reading, seen.plan, step=step)
    assert dry_run(desk, file, seen.reading, seen.plan).added == 5000
    assert desk_words(desk) == []


def test_a_column_of_days_that_no_calendar_has_is_still_known_by_its_title(desk, tmp_path) -> None:
    file = tmp_path / "crm.csv"
    file.write_text("Key,Received,Text\n" + "".join(f"K{n},31/02/2026,late\n" for n in range(9)) + "K9,01/02/2026,ok\n")
    seen = inspect(desk, file, source="crm")
    assert seen.plan.mapping["Received"] == "received_at"
    told = dry_run(desk, file, seen.reading, seen.plan)
    assert (told.added, told.reasons) == (1, {"date": 9})
