"""A form that records in the background is filled without that, and it is said."""

from __future__ import annotations

from gemba.forms.inspecting import inspect


def test_background_audio_is_left_out_with_a_word(workbook) -> None:
    form = workbook([["type", "name", "label"], ["background-audio", "sound", ""], ["text", "a", "A"]])
    found = inspect(form, "sound.xlsx")
    assert not found.faults
    assert any("background" in said for said in found.warnings)
    assert not inspect(workbook([["type", "name", "label"], ["text", "a", "A"]]), "plain.xlsx").warnings
