import csv

import pytest

from gemba.work.csv_rows import LONGEST_FIELD, CsvRows, allow_long_fields


def test_rows_know_their_line():
    rows = CsvRows('a;b\n"two\nlines";c\n', ";")
    assert [(cells, rows.line) for cells in rows] == [(["a", "b"], 1), (["two\nlines", "c"], 3)]


@pytest.mark.parametrize("before", [2**17, 2**26])
def test_what_is_too_long_does_not_depend_on_what_was_read_before(before):
    kept = csv.field_size_limit(before)
    try:
        assert list(CsvRows("x" * LONGEST_FIELD)) == [["x" * LONGEST_FIELD]]
        with pytest.raises(csv.Error):
            list(CsvRows("x" * (LONGEST_FIELD + 1)))
    finally:
        csv.field_size_limit(kept)


def test_long_fields_stay_allowed():
    allow_long_fields()
    assert list(csv.reader(["x" * (LONGEST_FIELD + 1)]))
