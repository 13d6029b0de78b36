from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageStat

from gemba import wording
from gemba.reports.picture_facts import Area, Label, PictureFacts
from gemba.reports.picture_png import picture_png
from gemba.reports.picture_words import Lettering, ink

SCALE = 20.0


def seen(words, **other):
    line = Lettering("en", rtl=False).line(Label(0.0, 0.0, words, 12.0, "ink", **other))
    return line, ink(line, SCALE)


def alike(one, other):
    """Of one size, and the same but for edges that fall into other parts of a pixel."""
    return one.size == other.size and ImageStat.Stat(ImageChops.difference(one, other)).mean[0] < 20


def test_arabic_letters_are_joined() -> None:
    alone, _ = seen("ب")
    joined, _ = seen("ببب")
    assert joined.width < 2.5 * alone.width
    assert len({glyph.number for piece in joined.pieces for glyph in piece.shaped.glyphs}) == 3


def test_hebrew_begins_at_the_right_and_numbers_in_it_do_not_turn() -> None:
    _, whole = seen("אג 12")
    _, first = seen("א")
    _, number = seen("12")
    assert whole is not None
    assert first is not None
    assert number is not None
    width, height = whole.mask.size
    right = whole.mask.crop((width - first.mask.width, whole.above - first.above, width, height))
    left = whole.mask.crop((0, whole.above - number.above, number.mask.width, number.mask.height))
    assert alike(right.crop((4, 0, *first.mask.size)), first.mask.crop((4, 0, *first.mask.size)))
    assert alike(left, number.mask)


@pytest.mark.parametrize(
    "words", ["Beschwerden über die Wartezeit", "شكاوى العملاء حسب الشهر", "Donaudampfschifffahrt" * 3]
)
def test_what_is_too_long_is_cut_where_reading_ends(words: str) -> None:
    line, _ = seen(words, width=30.0)
    assert 15.0 < line.width <= 30.0
    order = [piece.text for piece in line.pieces]
    assert order[-1 if words.isascii() or words.startswith("Besch") else 0].strip().endswith("…")


@pytest.mark.parametrize("words", ["", "   "])
def test_words_that_nobody_sees(words: str) -> None:
    assert seen(words)[1] is None


@pytest.mark.parametrize(
    ("language", "mirrored", "left"), [("en", True, True), ("ar", True, False), ("ar", False, True)]
)
def test_drawings_turn_with_the_reading_but_charts_over_time_do_not(tmp_path, language, mirrored, left) -> None:
    shapes = (Area(0.0, 0.0, 20.0, 10.0, "#FF0000"), Label(0.0, 20.0, "Ward 3", 10.0, "#0000FF"))
    wording.use(language)
    try:
        picture_png(PictureFacts(100.0, 40.0, shapes, "", mirrored=mirrored), tmp_path / "drawn.png")
    finally:
        wording.use("en")
    with Image.open(tmp_path / "drawn.png") as image:
        middle, half = image.width / 2, image.crop((0, 0, image.width // 2, image.height))
        colours = {colour for _, colour in half.convert("RGB").getcolors(100_000)}
        assert ((255, 0, 0) in colours) == left
        pixels = image.load()
        every = [(x, y) for x in range(image.width) for y in range(image.height)]
        blue = [x for x, y in every if pixels[x, y][2] > 200 and pixels[x, y][0] < 90]
        assert blue
        assert (max(blue) < middle) == left
