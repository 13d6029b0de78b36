"""An answer in a checklist of 500 questions is reckoned long before anyone sees it."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime

from gemba.forms.filling import Fill
from gemba.forms.reading import parse

SECTIONS, ITEMS = 25, 20
LIST = "".join(
    f"<item><name>{name}</name><label>{name}</label><score>{score}</score></item>"
    for name, score in (("yes", 1), ("no", 0))
)
XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>Audit</h:title><model><instance><data id="audit">{answers}<total/></data></instance>
<instance id="yn"><root>{list}</root></instance>{rules}</model></h:head><h:body>{body}</h:body></h:html>"""


def audit(sections: int = SECTIONS) -> str:
    """20 questions in each of 25 sections, each scored by a calculation, each section and the whole summed."""
    answers, rules, body = "", "", ""
    for section in range(sections):
        path, names = f"/data/s{section}", [f"q{section}_{item}" for item in range(ITEMS)]
        answers += f"<s{section}>" + "".join(f"<{name}/><p{name}/>" for name in names) + f"<sum/></s{section}>"
        for place, name in enumerate(names):
            gate = f"""relevant="{path}/{names[0]} != 'no'" """ if place % 3 == 1 else ""
            rules += f'<bind nodeset="{path}/{name}" type="string" {gate}/>'
            rules += f"""<bind nodeset="{path}/p{name}" calculate="if({path}/{name} = 'yes', 1, 0)"/>"""
        rules += f'<bind nodeset="{path}/sum" calculate="{" + ".join(f"{path}/p{name}" for name in names)}"/>'
        body += (
            f'<group ref="{path}"><label>Section</label>' + "".join(_select(path, name) for name in names) + "</group>"
        )
    total = " + ".join(f"/data/s{section}/sum" for section in range(sections))
    rules += f'<bind nodeset="/data/total" type="int" calculate="{total}"/>'
    return XFORM.format(answers=answers, rules=rules, body=body, list=LIST)


def _select(path: str, name: str) -> str:
    source = """<itemset nodeset="instance('yn')/root/item"><value ref="name"/><label ref="label"/></itemset>"""
    return f'<select1 ref="{path}/{name}"><label>{name} <output value="{path}/sum"/></label>{source}</select1>'


def test_an_answer_in_500_questions_takes_less_than_16_ms():
    fill = Fill(parse(audit()), now=lambda: datetime(2026, 3, 2, tzinfo=UTC))
    chance, paths, taken = random.Random(1), [question.path for question in fill.form.questions()], []
    assert len(paths) == 500
    for _ in range(400):
        path, value = chance.choice(paths), chance.choice(["yes", "no"])
        began = time.perf_counter()
        fill.set(path, value)
        taken.append(time.perf_counter() - began)
    p95 = sorted(taken)[int(len(taken) * 0.95)]
    print(f"mean {sum(taken) / len(taken) * 1000:.2f} ms, p95 {p95 * 1000:.2f} ms")
    assert p95 < 0.016
    shown = [view for view in map(fill.view, paths) if view.relevant]
    assert fill.view("/data/total").value == str(sum(view.value == "yes" for view in shown))
