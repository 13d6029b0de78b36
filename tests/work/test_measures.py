from __future__ import annotations

from datetime import date

import pytest

from gemba.domain.measures import Measure, MeasureSort, MeasureValue, Period
from gemba.errors import Refusal, Trouble
from gemba.work.measure_values import enter, import_values, read_day
from gemba.work.measures import NewMeasure, add, measure_named, measures, read_filters, retire


def new(desk, code="late", **fields):
    return add(desk, NewMeasure(code=code, **fields)).uid


def test_a_code_is_taken_until_its_measure_is_retired(desk):
    uid = new(desk, filters={"cause": "late"})
    with pytest.raises(Refusal, match="measure_taken"):
        new(desk, "LATE")
    retire(desk, uid)
    again = new(desk, "LATE")
    with desk.reader() as reader:
        assert [each.uid for each in measures(reader)] == [again]
        assert measure_named(reader, "late").uid == again
        assert reader.get(Measure, uid).filters == {"cause": "late"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"code": " "}, "measure_code"),
        ({"code": "a=b"}, "measure_code"),
        ({"chart": "pie"}, "unknown_chart"),
        ({"rules": ("N9",)}, "unknown_rule"),
        ({"filters": {"shoe": "42"}}, "unknown_filter"),
        ({"place": "nowhere"}, "unknown_record"),
        ({"of": {}, "exposure": "x"}, "share_and_rate"),
    ],
)
def test_what_cannot_be_a_measure_is_refused(desk, fields, code):
    with pytest.raises(Refusal, match=code):
        add(desk, NewMeasure(**{"code": "late", **fields}))


def test_an_import_may_be_done_again_and_corrects(desk, tmp_path):
    uid = new(desk, sort=MeasureSort.VALUES, period=Period.MONTH)
    file = tmp_path / "values.csv"
    file.write_text("month,calls,n\n2026-01,10,100\n2026-02-14,11,90\nlast week,3,4\n2026-03,many,4\n", "utf-8-sig")
    first = import_values(desk, uid, file, size="n")
    assert (first.added, first.refused) == (2, ((4, "date"), (5, "value")))
    file.write_text("month,calls,n\n2026-01,10,100\n2026-02,12,90\n2026-03,9,80\n")
    again = import_values(desk, uid, file, size="n")
    assert (again.added, again.changed, again.unchanged) == (1, 1, 1)
    with desk.reader() as reader:
        found = sorted(reader.find(MeasureValue), key=lambda each: each.begins)
    assert [(each.begins, each.value, each.size) for each in found] == [
        (date(2026, 1, 1), 10, 100),
        (date(2026, 2, 1), 12, 90),
        (date(2026, 3, 1), 9, 80),
    ]


def test_a_file_that_is_none_is_told(desk, tmp_path):
    uid = new(desk, sort=MeasureSort.VALUES)
    with pytest.raises(Trouble, match="values_not_read"):
        import_values(desk, uid, tmp_path / "none.csv")
    (tmp_path / "old.csv").write_bytes("Monat;Zähler".encode("latin-1"))
    with pytest.raises(Refusal, match="not_utf8"):
        import_values(desk, uid, tmp_path / "old.csv")
    (tmp_path / "one.csv").write_text("month\n2026-01\n")
    with pytest.raises(Refusal, match="no_such_column"):
        import_values(desk, uid, tmp_path / "one.csv")
    (tmp_path / "long.csv").write_text('month,calls\n2026-01,"' + "9" * 200_000 + '"\n')
    with pytest.raises(Refusal, match="values_unreadable"):
        import_values(desk, uid, tmp_path / "long.csv")


def test_values_are_not_entered_for_what_is_counted(desk):
    with pytest.raises(Refusal, match="is_counted"):
        enter(desk, new(desk), date(2026, 1, 1), 4)
    with pytest.raises(Refusal, match="measure_value"):
        enter(desk, new(desk, "v", sort=MeasureSort.VALUES), date(2026, 1, 1), float("nan"))


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-03-09", date(2026, 3, 9)),
        ("2026-03", date(2026, 3, 1)),
        ("2026-Q2", date(2026, 4, 1)),
        ("2026-W11", date(2026, 3, 9)),
        ("2026-13", None),
        ("31/02/2026", None),
        ("", None),
    ],
)
def test_periods_are_read_as_people_write_them(said, day):
    assert read_day(said) == day


def test_filters_are_read_from_an_expression():
    assert read_filters("cause=late, product=loan|card") == {"cause": "late", "product": "loan,card"}
    assert read_filters("") == {}
    with pytest.raises(Refusal, match="filter_expression"):
        read_filters("late")
