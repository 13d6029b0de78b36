"""The editor waits less before it saves and looks, so that the tests need not."""

from __future__ import annotations

import pytest

from gemba.ui.editor import session


@pytest.fixture(autouse=True)
def _in_a_hurry(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.name != "test_what_is_typed_is_on_the_disk_within_a_second":
        monkeypatch.setattr(session, "SAVE_MS", 20)
        monkeypatch.setattr(session, "LOOK_MS", 20)
