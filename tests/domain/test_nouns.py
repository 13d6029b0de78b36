"""Every noun survives the journal, and every name is the field's."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.domain import nouns
from gemba.domain.conclusions import SectionScore
from gemba.domain.findings import NEEDS_ACTION, FindingGrade
from gemba.domain.nouns import NAMES, NOUNS
from gemba.domain.record import Record

moments = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is given beside
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    int: st.integers(-(2**53) + 1, 2**53 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    datetime: moments,
    date: st.dates(),
    NoneType: st.none(),
}


@cache
def values(kind: Any) -> st.SearchStrategy[Any]:
    """Any value that a field's type allows."""
    if kind in PLAIN:
        return PLAIN[kind]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return st.sampled_from(kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return records(kind)
    if isinstance(kind, UnionType):
        return st.one_of(*[values(part) for part in get_args(kind)])
    return several(get_origin(kind), get_args(kind))


def several(kind: Any, parts: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    """Any mapping, or tuple of one or of several types."""
    if kind is dict:
        return st.dictionaries(*map(values, parts), max_size=3)
    assert kind is tuple, f"{kind} is no type that journal and database both keep"
    if parts[-1] is not Ellipsis:
        return st.tuples(*map(values, parts))
    return st.lists(values(parts[0]), max_size=3).map(tuple)


@cache
def records(noun: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Any record of a noun; made once, for each example would make and examine it anew."""
    return st.fixed_dictionaries({name: values(kind) for name, kind in get_type_hints(noun).items()}).map(
        lambda fields: noun(**fields)
    )


each_noun = pytest.mark.parametrize("noun", NOUNS.values(), ids=NOUNS)


@each_noun
@given(st.data())
def test_a_record_comes_back_from_json_as_it_was(noun, data):
    record = data.draw(records(noun))
    wire = json.dumps(msgspec.to_builtins(record))
    assert msgspec.convert(json.loads(wire), noun) == record
    assert msgspec.json.decode(msgspec.json.encode(record), type=noun) == record


@each_noun
@settings(max_examples=25)
@given(st.data())
def test_a_birth_names_every_field(noun, data):
    """The journal keeps a birth as all its fields: none may be left out of the wire form, even at its default."""
    assert set(msgspec.to_builtins(data.draw(records(noun)))) == set(noun.__struct_fields__)


@each_noun
@settings(max_examples=5)  # whether a noun is frozen does not depend on what a record says
@given(st.data())
def test_a_record_cannot_be_changed_in_place(noun, data):
    record = data.draw(records(noun))
    with pytest.raises(AttributeError):
        record.uid = "other"


@each_noun
def test_a_wire_value_of_the_wrong_type_is_refused(noun):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"uid": 7}, noun)


def test_names_and_nouns_agree_both_ways():
    assert {NAMES[noun]: noun for noun in NAMES} == NOUNS
    assert all(issubclass(noun, Record) and noun is not Record for noun in NAMES)


def test_every_kept_record_has_a_name():
    def below(noun: type) -> set[type]:
        return {noun}.union(*[below(part) for part in noun.__subclasses__()])

    domain = {noun for noun in below(Record) - {Record} if noun.__module__.startswith("gemba.domain.")}
    assert domain == set(NAMES)


def test_nouns_are_called_what_the_field_calls_them():
    """Names travel in journals and packs: a change here is a new version of both."""
    field = (
        "place person template assessment answer evidence finding action conclusion report draft_migration bank_item "
        "erasure settlement vocabulary intake complaint_lot complaint clock_pause clock_target complaint_review "
        "cause_analysis cluster_decision measure measure_value frozen_baseline signal suggestion retention_rule "
        "disclosure process_map process_step pin go_and_see survey discrepancy risk register_entry "
        "goal requirement service_level boundary decision escalation escalation_step escalation_tier programme "
        "schedule audit sample sample_item judgement agreed_verdict auditee_response calibration_session "
        "calibration_rating effect_check rotation commitment observation time_study time_element time_reading "
        "route route_stop governance_body body_member meeting pattern transfer"
    )
    assert list(NOUNS) == field.split()


def test_fields_that_name_kept_bytes_exist_and_hold_text():
    for name, fields in nouns.BLOB_FIELDS.items():
        hints = get_type_hints(NOUNS[name])
        assert all(hints[field] in {str, dict[str, str]} for field in fields)


def test_kept_bytes_are_found_in_texts_and_in_lists_by_name():
    fields = {"source": "a", "xform": "b", "repaired": "", "files": {"places.csv": "c"}, "title": "d"}
    assert nouns.blobs_of("template", fields) == {"a", "b", "c"}


def test_only_nonconformities_ask_for_action():
    assert {grade.value for grade in NEEDS_ACTION} == {"major", "minor"}
    assert set(FindingGrade) > NEEDS_ACTION


@given(records(SectionScore))
def test_a_section_score_travels_inside_a_conclusion(section):
    assert msgspec.convert(json.loads(json.dumps(msgspec.to_builtins(section))), SectionScore) == section
