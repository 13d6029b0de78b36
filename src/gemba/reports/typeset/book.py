"""The fonts of one document: which one writes a character, and what none can write."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from gemba.reports.typeset import scripts, system_fonts
from gemba.reports.typeset.cleaning import invisible
from gemba.reports.typeset.faces import Face
from gemba.reports.typeset.shaping import Shaped, shape
from gemba.shipped import resource

Weight = Literal["regular", "bold", "italic"]

_SIGNS = ("NotoSansMath-Regular", "NotoSansSymbols2-Regular", "NotoSansSymbols-Regular")
_STACKS: dict[Weight, tuple[str, ...]] = {
    "regular": ("NotoSans-Regular", "NotoSansArabic-Regular", "NotoSansHebrew-Regular", *_SIGNS),
    "bold": ("NotoSans-Bold", "NotoSansArabic-Bold", "NotoSansHebrew-Bold", *_SIGNS),
    "italic": ("NotoSans-Italic", "NotoSansArabic-Regular", "NotoSansHebrew-Regular", *_SIGNS),
}


class FontBook:
    """Bundled fonts, then a font pack's, then the system's; opened when first needed.

    Args:
        language: BCP 47 tag of the document.
        packs: folders with fonts of one's own.
    """

    def __init__(self, language: str, packs: Sequence[Path] = ()) -> None:
        self.language = language
        self.missing: dict[str, set[str]] = {}
        """Characters that no font could write, by writing system."""
        self.words: dict[Any, dict[Any, Any]] = {}
        """By style: words that are cut into pieces already (`gemba.reports.typeset.pieces`)."""
        self._packs = tuple(packs)
        self._opened: dict[str, Face] = {}
        self._found: dict[bool, list[Face]] = {False: [], True: []}
        self._chosen: dict[tuple[str, Weight], Face | None] = {}
        self._shaped: dict[tuple[Face, str, bool], Shaped] = {}

    @cached_property
    def plain(self) -> Face:
        """The font of ordinary text, which gives lines their height."""
        return self._open("NotoSans-Regular")

    def face_for(self, cluster: str, weight: Weight) -> Face | None:
        """The first font that writes every character of `cluster`; `None` when there is none (it is remembered)."""
        key = cluster, weight
        if key not in self._chosen:
            self._chosen[key] = self._choose(cluster, weight)
        return self._chosen[key]

    def shaped(self, face: Face, text: str, *, rtl: bool) -> Shaped:
        """`text` in glyphs of `face`; words come again and again, so each is shaped once."""
        key = face, text, rtl
        found = self._shaped.get(key)
        if found is None:
            found = self._shaped[key] = shape(face, text, rtl=rtl, language=self.language)
        return found

    def spare(self, most: int) -> bool:
        """Forget how words are cut and shaped once there are more than `most`; true when it did.

        A document of thousands of reports has ever new words; what is forgotten is only worked out again.
        """
        if len(self._shaped) <= most:
            return False
        self._shaped.clear()
        self.words.clear()
        return True

    def _choose(self, cluster: str, weight: Weight) -> Face | None:
        needed = [char for char in cluster if not invisible(char)]
        for name in _STACKS[weight]:
            face = self._open(name)
            if all(face.has(char) for char in needed):
                return face
        bold = weight == "bold"
        for face in self._found[bold]:
            if all(face.has(char) for char in needed):
                return face
        return self._search(needed, bold=bold)

    def _search(self, needed: Sequence[str], *, bold: bool) -> Face | None:
        """Look outside the bundled fonts, once for each writing system that nothing could write."""
        script = scripts.script(needed[0])
        unknown = script in self.missing
        face = None if unknown else system_fonts.find(needed[0], script, self.language, self._packs, bold=bold)
        if face and all(face.has(char) for char in needed):
            self._found[bold].append(face)
            return face
        self.missing.setdefault(script, set()).update(needed)
        return None

    def _open(self, name: str) -> Face:
        if name not in self._opened:
            self._opened[name] = Face(resource("fonts", f"{name}.ttf"))
        return self._opened[name]
