"""What a walk was asked to go and see stands in its report."""

from __future__ import annotations

import subprocess

from tests.work.conftest import template_of

from gemba.work import conduct
from gemba.work.go_and_see import carry, raise_alert, see
from gemba.work.issue_report import assessment_report
from gemba.work.places import add_place


def test_questions_and_what_was_seen_are_printed(desk, tmp_path):
    place = add_place(desk, "Harbour branch").uid
    walk = conduct.start(desk, template_of(desk, "walk").uid, place).uid
    plain = assessment_report(desk, walk, tmp_path / "plain.pdf")
    first, second = (raise_alert(desk, words, place=place).uid for words in ("Is the till open?", "Who waits?"))
    carry(desk, walk, [first, second])
    see(desk, first, "From ten on <b>only</b>")
    issued = assessment_report(desk, walk, tmp_path / "walk.pdf")
    asked = ["pdftotext", "-layout", str(issued.file), "-"]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    for words in ("Go and see", "Is the till open?", "From ten on <b>only</b>", "Who waits?", "Not answered"):
        assert words in said
    without = subprocess.run([*asked[:2], str(plain.file), "-"], capture_output=True, text=True, check=True).stdout
    assert "Go and see" not in without
