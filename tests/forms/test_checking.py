"""Rules are checked whether or not the workbook they came from is at hand."""

from __future__ import annotations

import pytest

from gemba.errors import Refusal
from gemba.forms.checking import check, check_expression
from gemba.forms.reading import parse
from gemba.wording import sentence

XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
  <h:head><h:title>T</h:title><model>
    <instance><data id="t"><a/></data></instance>
    <bind nodeset="/data/a" type="string" RULE/>
  </model></h:head>
  <h:body><input ref="/data/a"><label>A <output value="OUTPUT"/></label></input></h:body>
</h:html>"""


def made(rule: str, output: str = "/data/a"):
    return parse(XFORM.replace("RULE", rule).replace("OUTPUT", output))


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ('relevant="sing(1)"', "there is no function sing()"),
        ('constraint=". &gt;"', "it ends too early"),
        ('required="selected(.)"', "selected() takes 2 arguments"),
    ],
)
def test_a_rule_without_a_workbook_is_named_by_its_path(rule, reason):
    with pytest.raises(Refusal) as refused:
        check(made(rule))
    assert refused.value.code == "forms.unplaced"
    assert (refused.value.facts["path"], refused.value.facts["reason"]) == ("/data/a", reason)
    assert "?" not in sentence(refused.value)


def test_answers_inside_labels_are_checked():
    with pytest.raises(Refusal, match="unplaced"):
        check(made("", "sing(1)"))


def test_an_unknown_function_has_a_neighbour():
    with pytest.raises(Refusal) as refused:
        check_expression("count-selectd(.)")
    assert refused.value.facts["near"] == "count-selected"


def test_what_can_be_used_passes():
    check(made("constraint=\"regex(., '[A-Z]{2}') or . = ''\""))
