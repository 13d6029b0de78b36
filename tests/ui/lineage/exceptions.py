"""Numbers that open no records of their own, each with the reason (docs/lineage.md tells the same)."""

from __future__ import annotations

import re

EXCEPTIONS: dict[str, str] = {
    # what is counted stands right there
    r"^page\.behind/": "the page of the records behind a number",
    r"^board\..*\.count/badge": "cards of the column, which stand below the number",
    r"^stop:": "place of a stop in its route",
    r"^bodies\.detail\.area/": "seats and meetings of the body, which stand below as rows",
    r"^meetings\.detail\.area/": "seats that a body wants there; rows of the meeting stand below",
    r"^escalation\.carried/": "reviews that looked at one escalation: its steps stand below",
    r"^patterns\.detail\.area/": "transfers of one pattern, which stand below as rows",
    r"^transfers\.detail\.area/|^archive\.detail\.area/": "fields of one record",
    r"^decisions\.detail\.area/|^goals\.detail\.area/|^levels\.detail\.area/": "fields of one record",
    r"^walks\.detail\.area/": "answers of one walk: the walk opens with the button above",
    # what is said before anything is recorded
    r"^escalation\.goes_to/": "tiers that an escalation will have",
    r"^reviews\.draw\.area/": "how many complaints a draw would choose from; the drawn set opens",
    r"^registers\.view\.(gaps|proposals)/": "what is wanting or proposed: each stands below as a row that leads to it",
    # worked out, or an estimate
    r"^cluster\.numbers\.": "how a cluster was judged: its cases open at the top of the same record",
    r"^drift\.outcomes": "quarters that two series have in common",
    r"^drift\.auditors|^drift\.area/words/\d+ sites? ": "auditors are told by letters: their records would name them",
    r"^drift\.area/words/Points": "legend",
    r"^audits\.detail\.area/": "value of a measure, which its chart in Insights opens",
    r"^programme\.area/": "legend of the parts of a risk",
    r"^maps\.rank/": "legend of the weights; the steps below open their complaints and findings",
    r"^maps\.blind\.split/": "cells of the matrix below",
    r"^maps\.blind\.side/": "checklists that name no step, which the Library lists",
    r"^times\.list": "cycles of one study, which opens",
    r"^maps\.side\.|^times\.study/": "examples of what may be typed",
    r"^programme\.risk|^risks\.": "ratings and weights that people set",
}
"""By the name of what shows it: why."""


def excepted(name: str) -> bool:
    """Whether a number may stand without a way to its records."""
    return any(re.search(pattern, name) for pattern in EXCEPTIONS)
