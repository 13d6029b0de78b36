"""What takes long says how far it is, on stderr, and only then."""

from __future__ import annotations

import pytest

from gemba.cli.progress import Progress


def test_what_takes_long_says_each_stage_once(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(soon=0) as progress:
        progress._timer.join()
        for words in ("reading", "reading", "making"):
            progress.stage(words)
    progress.stage("afterwards")
    assert capsys.readouterr().err == "reading\nmaking\n"


def test_what_is_done_soon_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(soon=1000) as progress:
        progress.stage("reading")
    assert capsys.readouterr().err == ""


def test_beside_json_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(silent=True, soon=0) as progress:
        progress._timer.join()
        progress.stage("reading")
    assert capsys.readouterr().err == ""
