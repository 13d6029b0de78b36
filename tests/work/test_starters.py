"""The starter library is taken in, quickly and as it is."""

from __future__ import annotations

import hashlib

import pytest
from tests.conftest import new_uid

from gemba import wording
from gemba.domain.devices import DeviceRole
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.forms.inspecting import inspect
from gemba.shipped import resource
from gemba.work import starters
from gemba.work.conduct import open_sheet, start
from gemba.work.import_template import import_template
from gemba.work.open_desk import make_desk
from gemba.work.places import add_place

OWN = """
| survey   |      |           |                |
|          | type | name      | label          |
|          | text | seen      | What was seen? |
| settings |      |           |                |
|          | form_title | form_id     | version |
|          | Our store  | store_visit | VERSION |
"""


@pytest.fixture
def bare(tmp_path, ticking):
    """A store at headquarters, which begins without checklists."""
    desk = make_desk(tmp_path / "bare", clock=ticking, ids=new_uid, role=DeviceRole.HEADQUARTERS, demo=True)
    yield desk
    desk.store.close()


def test_all_fourteen_are_offered_and_none_is_there(bare):
    assert [offer.here for offer in starters.offers(bare)] == [False] * 14


def test_one_is_taken_in_as_the_workbook_that_is_shipped(bare):
    starters.take(bare, "store_visit")
    with bare.reader() as reader:
        (template,) = reader.find(Template)
    source = resource("templates", "store-visit.xlsx").read_bytes()
    assert template.source == hashlib.sha256(source).hexdigest()
    assert bare.store.evidence.read(template.xform).decode() == inspect(source, "store-visit.xlsx").xform
    assert {offer.starter.form_id for offer in starters.offers(bare) if offer.here} == {"store_visit"}


def test_it_says_of_itself_what_reading_the_workbook_says(bare):
    for each in starters.starters():
        starters.take(bare, each.form_id)
    with bare.reader() as reader:
        for template in reader.find(Template):
            found = inspect(resource("templates", template.source_name).read_bytes(), template.source_name)
            assert found.form is not None
            assert not found.repairs
            assert not found.warnings
            assert (template.title, template.languages, template.questions) == (
                found.form.title,
                found.form.languages,
                found.form.questions,
            )


def test_twice_is_once(bare):
    first = starters.take(bare, "sustainment_audit")
    again = starters.take(bare, "sustainment-audit.xlsx")
    assert (again.uid, bool(again.uids)) == (first.uid, False)


def test_another_checklist_of_that_id_and_version_is_left_alone(bare):
    own = OWN.replace("VERSION", starters.named("store_visit").version)
    import_template(bare, own.encode(), "own.md")
    with pytest.raises(Refusal, match=r"work\.template_differs"):
        starters.take(bare, "store_visit")
    with bare.reader() as reader:
        assert [each.title for each in reader.find(Template)] == ["Our store"]


def test_one_that_is_not_there_is_refused_with_those_that_are(bare):
    with pytest.raises(Refusal, match=r"work\.no_starter") as caught:
        starters.add(bare, ["store_visit", "shop_visit"])
    assert "store_visit" in caught.value.facts["known"]
    with bare.reader() as reader:
        assert not reader.find(Template)


def test_title_and_purpose_are_said_in_the_language_of_the_program():
    (store,) = [each for each in starters.starters() if each.form_id == "store_visit"]
    assert store.titled == "Store visit"
    wording.use("fr")
    try:
        assert store.titled == "Visite de magasin"
    finally:
        wording.use("en")


def test_each_begins_a_walk(desk):
    place = add_place(desk, "Hall 1").uid
    with desk.reader() as reader:
        templates = reader.find(Template)
    assert len(templates) == 14
    for template in templates:
        sheet = open_sheet(desk, start(desk, template.uid, place).uid)
        assert sheet.fill.form.form_id == template.form_id
        assert sheet.fill.progress()[1] > 10
