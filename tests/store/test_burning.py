"""Marks burned into pictures, and above all: what a redaction hides is gone."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from tests.store.picturing import as_file, opened, scene

from gemba.domain.evidence import Mark, MarkShape
from gemba.store.burning import burned, painted
from gemba.store.mark_shapes import COLOURS, HALO, MARGIN, PIXELATED, SOLID, cells, hidden_box
from gemba.store.photos import prepare

GREY = Image.new("RGB", (800, 600), "#808080")
SPOT = (0.25, 0.25), (0.5, 0.5)


def hex_of(pixel) -> str:
    return "#{:02X}{:02X}{:02X}".format(*pixel)


def changed(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
    return ImageChops.difference(one, other).getbbox()


def test_every_shape_is_painted_where_it_was_drawn() -> None:
    for shape, points in {
        MarkShape.ARROW: SPOT, MarkShape.BOX: SPOT, MarkShape.CIRCLE: SPOT, MarkShape.PEN: (*SPOT, (0.3, 0.5)),
    }.items():  # fmt: skip
        box = changed(painted(GREY, (Mark(shape, points),)), GREY)
        assert box is not None, shape
        assert 180 <= box[0] <= 205, shape
        assert 130 <= box[1] <= 155, shape
        assert 395 <= box[2] <= 425, shape
        assert 295 <= box[3] <= 325, shape


def test_lines_have_the_colour_of_their_role_and_a_light_seam() -> None:
    for name, colour in COLOURS.items():
        image = painted(GREY, (Mark(MarkShape.BOX, ((0.25, 0.25), (0.75, 0.75)), colour=name),))
        assert hex_of(image.getpixel((200, 300))) == colour
        assert HALO in {hex_of(image.getpixel((x, 300))) for x in range(190, 200)}


def test_a_text_stands_right_below_its_point_and_a_number_around_it() -> None:
    text = changed(painted(GREY, (Mark(MarkShape.TEXT, ((0.5, 0.5),), text="Here"),)), GREY)
    assert text is not None
    assert abs(text[0] - 400) < 4
    assert abs(text[1] - 300) < 4
    number = changed(painted(GREY, (Mark(MarkShape.NUMBER, ((0.5, 0.5),), text="3"),)), GREY)
    assert number is not None
    assert abs((number[0] + number[2]) / 2 - 400) <= 1
    assert abs((number[1] + number[3]) / 2 - 300) <= 1


def test_words_of_several_scripts_are_drawn_and_not_as_boxes() -> None:
    arabic = painted(GREY, (Mark(MarkShape.TEXT, ((0.1, 0.1),), text="سلامة"),))
    other = painted(GREY, (Mark(MarkShape.TEXT, ((0.1, 0.1),), text="نظافة"),))
    assert changed(arabic, other) is not None


def test_marks_beyond_the_edge_and_of_no_size_do_no_harm() -> None:
    image = GREY
    for shape in MarkShape:
        for points in (((0.0, 0.0), (0.0, 0.0)), ((1.0, 1.0), (1.0, 1.0)), ((0.99, 0.99), (1.0, 0.0))):
            image = painted(image, (Mark(shape, points, text="7"),))
    assert image.size == GREY.size


@pytest.mark.parametrize("look", ["", PIXELATED])
def test_what_two_pictures_hide_below_a_redaction_cannot_be_told_apart(look: str) -> None:
    """The same copy comes of a picture with a face and of one with only the face's average: nothing is left to find."""
    mark = Mark(MarkShape.REDACTION, SPOT, text=look)
    with_face = scene(3, (800, 600))
    box = hidden_box(mark, with_face.size)
    hidden = with_face.crop(box)
    flat = hidden.resize(cells(*hidden.size), Image.Resampling.BOX).resize(hidden.size, Image.Resampling.NEAREST)
    without = with_face.copy()
    without.paste(flat if look else "white", box)
    assert changed(with_face, without) is not None
    assert painted(with_face, (mark,)).tobytes() == painted(without, (mark,)).tobytes()


def test_a_solid_redaction_is_one_colour_and_reaches_beyond_what_was_drawn() -> None:
    image = painted(scene(4, (800, 600)), (Mark(MarkShape.REDACTION, SPOT),))
    part = image.crop((200 - MARGIN, 150 - MARGIN, 400 + MARGIN, 300 + MARGIN))
    assert {hex_of(colour) for _, colour in part.getcolors()} == {SOLID}


def test_a_pixelated_redaction_keeps_a_handful_of_colours() -> None:
    image = painted(scene(5, (800, 600)), (Mark(MarkShape.REDACTION, SPOT, text=PIXELATED),))
    part = image.crop((200 - MARGIN, 150 - MARGIN, 400 + MARGIN, 300 + MARGIN))
    assert len(part.getcolors(100_000)) <= 24


def test_a_redaction_drawn_last_leaves_the_marks_above_it() -> None:
    number = Mark(MarkShape.NUMBER, ((0.35, 0.35),), text="1")
    image = painted(GREY, (number, Mark(MarkShape.REDACTION, SPOT)))
    assert COLOURS["mark"] in {hex_of(colour) for _, colour in image.getcolors(100_000)}


@settings(max_examples=20, deadline=None)
@given(st.tuples(*[st.floats(0, 1)] * 4), st.integers(0, 50))
def test_wherever_a_redaction_is_drawn_its_pixels_are_gone(corners, seed: int) -> None:
    mark = Mark(MarkShape.REDACTION, (corners[:2], corners[2:]))
    image = scene(seed, (300, 200))
    left, top, right, bottom = hidden_box(mark, image.size)
    part = painted(image, (mark,)).crop((left, top, right, bottom))
    assert {hex_of(colour) for _, colour in part.getcolors()} == {SOLID}
    assert left <= min(corners[0], corners[2]) * 300
    assert right >= max(corners[0], corners[2]) * 300 - 1e-9
    assert top <= min(corners[1], corners[3]) * 200
    assert bottom >= max(corners[1], corners[3]) * 200 - 1e-9


def test_the_same_marks_give_the_same_bytes_and_travel_to_another_process() -> None:
    jpeg = prepare(as_file(scene(6))).sizes[1600]
    marks = (Mark(MarkShape.ARROW, SPOT), Mark(MarkShape.TEXT, ((0.6, 0.6),), text="Gap"))
    assert burned(jpeg, marks) == burned(jpeg, marks)
    assert pickle.loads(pickle.dumps(burned)) is burned
    assert burned(jpeg, ()) == jpeg
    assert opened(burned(jpeg, marks)).size == opened(jpeg).size
