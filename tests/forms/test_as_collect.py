"""What ODK Collect does, found by filling forms with its engine; and where we mean to be kinder than it."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from gemba.errors import Refusal
from gemba.forms.filling import Fill
from gemba.forms.reading import parse

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms"><h:head><h:title>T</h:title>
<model>{model}</model></h:head><h:body>{body}</h:body></h:html>"""


def begin(model: str, body: str = "", **traits: object) -> Fill:
    return Fill(parse(FORM.format(model=model, body=body)), now=lambda: NOW, rng=random.Random(3), **traits)


def value(fill: Fill, path: str) -> str:
    return fill.view(path).value


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        ("int", "007", "7"),
        ("decimal", "2.50", "2.5"),
        ("decimal", "3", "3.0"),
        ("decimal", "20000000", "2.0E7"),
        ("geopoint", "1.5 2.5", "1.5 2.5 0.0 0.0"),
        ("geotrace", "1 2;3 4 5 6", "1.0 2.0 0.0 0.0; 3.0 4.0 5.0 6.0"),
        ("time", "09:30:00", "09:30:00.000Z"),
        ("time", "09:30:00.000+02:00", "07:30:00.000Z"),
        ("date", "2026-02-30", ""),
        ("string", "  as it is ", "as it is"),
    ],
)
def test_a_default_is_written_as_an_answer_of_its_type(kind, text, kept):
    fill = begin(f'<instance><d id="d"><a>{text}</a></d></instance><bind nodeset="/d/a" type="{kind}"/>')
    assert value(fill, "/d/a") == kept


@pytest.mark.parametrize(
    ("kind", "rule", "kept"),
    [
        ("string", "1 = 1", "1"),
        ("string", "1 = 2", "0"),
        ("string", "3 * 10000000000", "30000000000"),
        ("string", "10000000 + 0.5", "1.00000005E7"),
        ("string", "1 div 10000000000", "0"),
        ("int", "30000000000 * 1", "2147483647"),
        ("int", "7.9", "7"),
        ("decimal", "8 div 4", "2"),
        ("string", "number('x')", ""),
    ],
)
def test_a_calculated_value_is_written_as_its_type_wants(kind, rule, kept):
    fill = begin(f'<instance><d id="d"><a/></d></instance><bind nodeset="/d/a" type="{kind}" calculate="{rule}"/>')
    assert value(fill, "/d/a") == kept


CHAIN = """<instance><d id="d"><a/><b/><c/><twice/></d></instance>
<bind nodeset="/d/a" type="int"/><bind nodeset="/d/twice" calculate="/d/a * 2"/>"""
CHAIN_BODY = """<input ref="/d/a"><label>A</label><setvalue ref="/d/b" event="xforms-value-changed"
 value="concat('was ', /d/twice)"/></input>
<input ref="/d/b"><label>B</label><setvalue ref="/d/c" event="xforms-value-changed" value="concat(/d/b, '!')"/></input>
<input ref="/d/c"><label>C</label><setvalue ref="/d/b" event="xforms-value-changed" value="'round'"/></input>"""


def test_a_change_triggers_others_in_a_chain_after_the_calculations():
    fill = begin(CHAIN, CHAIN_BODY)
    fill.set("/d/a", "4")
    assert value(fill, "/d/c") == "was 8!"
    assert value(fill, "/d/b") == "round"


def test_counted_repeats_begin_with_their_dynamic_defaults(filling):
    fill = filling(
        [
            ["type", "name", "label", "default", "repeat_count"],
            ["integer", "n", "N"],
            ["begin_repeat", "r", "R", "", "${n}"],
            ["text", "t", "T", "concat('x', position(..))"],
            ["end_repeat"],
        ]
    )
    fill.set("/data/n", "3")
    assert [value(fill, f"/data/r[{number}]/t") for number in (1, 2, 3)] == ["x1", "x2", "x3"]


def test_the_name_of_a_choice_is_found_inside_repeats(filling):
    fill = filling(
        [
            ["type", "name", "label", "calculation"],
            ["begin_repeat", "r", "R"],
            ["select_one yn", "q", "Q"],
            ["calculate", "told", "", "jr:choice-name(${q}, '${q}')"],
            ["end_repeat"],
        ],
        [["list_name", "name", "label"], ["yn", "yes", "Yes!"], ["yn", "no", "No!"]],
    )
    fill.set("/data/r[1]/q", "no")
    fill.add_repeat("/data/r")
    fill.set("/data/r[2]/q", "yes")
    assert [value(fill, f"/data/r[{number}]/told") for number in (1, 2)] == ["No!", "Yes!"]


CASCADE = [
    ["type", "name", "label", "choice_filter", "default"],
    ["select_one region", "region", "Region"],
    ["select_one site", "site", "Site", "region = ${region}", "n1"],
]
PLACES = [["list_name", "name", "label", "region"], ["region", "north", "N"], ["region", "south", "S"]]
PLACES += [["site", "n1", "North one", "north"], ["site", "s1", "South one", "south"]]


def test_a_default_waits_for_the_answer_that_fills_its_list(filling):
    fill = filling(CASCADE, PLACES)
    assert value(fill, "/data/site") == "n1"
    fill.set("/data/region", "north")
    assert value(fill, "/data/site") == "n1"
    fill.set("/data/region", "south")
    assert value(fill, "/data/site") == ""


OUTSIDE = """<instance><d id="d"><n/><a><x/><y/></a><late/></d></instance><bind id="named" nodeset="/d/n"/>
<bind nodeset="late" required="true()"/><bind nodeset="/d/a" readonly="true()"/>"""
OUTSIDE_BODY = """<input bind="named"><label>N</label></input><group ref="/d/a"><label>A</label>
<input ref="/d/a/x"><label>X</label></input><input ref="/d/late"><label>Late</label></input></group>
<group><label>No path</label><input ref="/d/a/y"><label>Y</label></input></group>"""


def test_forms_written_by_hand_are_read_as_they_mean():
    fill = begin(OUTSIDE, OUTSIDE_BODY)
    assert [item.path for item in fill.items() if item.kind == "question"] == ["/d/n", "/d/a/x", "/d/late", "/d/a/y"]
    assert fill.view("/d/late").required
    assert fill.view("/d/a/x").read_only
    assert not fill.view("/d/n").read_only


def test_a_repeat_without_a_template_is_made_after_the_first():
    fill = begin(
        '<instance><d id="d"><r><a>kept</a></r></d></instance>',
        '<group><label>R</label><repeat nodeset="/d/r"><input ref="/d/r/a"><label>A</label></input></repeat></group>',
    )
    fill.add_repeat("/d/r")
    assert [value(fill, f"/d/r[{number}]/a") for number in (1, 2)] == ["kept", ""]


def test_a_choice_may_have_a_quote_in_its_name():
    model = """<itext><translation lang="en"><text id="don't_know:label"><value>No idea</value></text></translation>
</itext><instance><d id="d"><a/></d></instance>"""
    body = """<input ref="/d/a"><label ref="jr:itext('don't_know:label')"/></input>"""
    assert begin(model, body).view("/d/a").label == "No idea"


def test_a_count_may_read_what_its_repeats_hold():
    fill = begin(
        """<instance><d id="d"><more/><n/><r jr:template=""><a/></r></d></instance><bind nodeset="/d/more" type="int"/>
<bind nodeset="/d/n" type="int" calculate="if(count(/d/r) &lt; /d/more, count(/d/r) + 1, count(/d/r))"/>""",
        '<input ref="/d/more"/><group><repeat nodeset="/d/r" jr:count="/d/n"><input ref="/d/r/a"/></repeat></group>',
    )
    fill.set("/d/more", "3")
    assert fill.repeats("/d/r") == 3


COUNTED = [
    ["type", "name", "label", "repeat_count", "calculation"],
    ["integer", "n", "N"],
    ["begin_repeat", "r", "R", "${n}"],
    ["integer", "x", "X"],
    ["end_repeat"],
    ["calculate", "all", "", "", "count(${r})"],
]


def test_collect_comes_to_counted_repeats_one_by_one_and_hides_none(filling):
    fill = filling(COUNTED, as_collect=True)
    fill.set("/data/n", "3")
    assert (fill.repeats("/data/r"), fill.due("/data/r")) == (1, 2)
    fill.come_to("/data/r[2]/x[1]")
    assert (fill.repeats("/data/r"), value(fill, "/data/all")) == (2, "2")
    with pytest.raises(Refusal, match="no_such_repeat"):
        fill.come_to("/data/r[4]/x")
    fill.set("/data/n", "0")
    assert (fill.repeats("/data/r"), fill.due("/data/r")) == (2, 0)


def test_we_have_them_at_once_and_hide_those_beyond(filling):
    fill = filling(COUNTED)
    fill.set("/data/n", "3")
    assert (fill.repeats("/data/r"), value(fill, "/data/all")) == (3, "3")
    fill.set("/data/n", "0")
    assert (fill.repeats("/data/r"), "<r>" in fill.instance_xml("uuid:1")) == (0, False)


LABELS = [
    ["type", "name", "label::English (en)", "label::French (fr)"],
    ["text", "a", "A", "Ah"],
    ["time", "t", "T", "Té"],
    ["select_one yn", "b", "Is ${a} ${a} so at ${t}?", ""],
]
ANSWERS = [["list_name", "name", "label::English (en)", "label::French (fr)"], ["yn", "yes", "Yes", ""], ["yn", "no"]]


def test_labels_are_kinder_than_those_of_collect(filling):
    shown = {}
    for as_collect in (True, False):
        fill = filling(LABELS, ANSWERS, [["default_language"], ["English (en)"]], as_collect=as_collect)
        fill.set("/data/a", "x")
        fill.set("/data/t", "10:30:00.000Z")
        english = fill.view("/data/b")
        fill.language = "French (fr)"
        french = fill.view("/data/b")
        shown[as_collect] = (english.label, french.label, [choice.label for choice in french.choices])
    assert shown[True] == ("Is xx so at 1970-01-01?", "-", ["-", ""])
    assert shown[False] == ("Is x x so at 10:30:00.000Z?", "Is x x so at 10:30:00.000Z?", ["Yes", "no"])
