"""`gemba template overlay` as a person uses it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Shell
from tests.forms.overlays.test_overlays import CORE, book, overlay
from tests.work.test_overlays import OURS

from gemba.forms.book import write_book


def test_an_overlay_is_begun_checked_laid_and_carried_on(shell: Shell, tmp_path: Path) -> None:
    core, ours, weak, new = (tmp_path / f"{name}.xlsx" for name in ("core", "ours", "weak", "new"))
    core.write_bytes(write_book(book(CORE)))
    ours.write_bytes(write_book(overlay(OURS)))
    weak.write_bytes(write_book(overlay([["name", "required"], ["greeted", "no"]])))
    shell.ok("template", "import", core)
    shell.ok("template", "overlay", "begin", "visit", "--region", "Sud", "--out", tmp_path / "sud.xlsx")
    assert shell.ok("template", "overlay", "check", "visit", ours)["faults"] == []
    refused = shell("template", "overlay", "check", "visit", weak, "--json")
    assert refused.code == 2
    assert [fault["code"] for fault in refused.json["faults"]] == ["weaker"]
    local = shell.ok("template", "overlay", "lay", "visit", ours)["template"]
    assert local["region"] == "Nord"
    assert shell("template", "overlay", "upgrade", local["uid"]).code == 2
    changed = book(CORE)
    changed.settings.rows[0]["version"] = "2"
    new.write_bytes(write_book(changed))
    shell.ok("template", "import", new)
    assert shell.ok("template", "overlay", "upgrade", local["uid"], "--preview") == {"template": "", "notes": []}
    assert shell.ok("template", "overlay", "upgrade", local["uid"])["template"]
