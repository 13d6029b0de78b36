"""The editor waits less before it saves and looks, so that the tests need not."""

from __future__ import annotations

import pytest

from gemba.ui.editor import session


@pytest.fixture(autouse=True)
def _in_a_hurry(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "disk_within_a_second" not in request.node.name and "killed" not in request.node.name:
        monkeypatch.setattr(session, "SAVE_MS", 20)
        monkeypatch.setattr(session, "LOOK_MS", 20)
