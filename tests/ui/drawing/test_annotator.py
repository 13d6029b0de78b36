"""Drawing over a photo with the mouse and with the keyboard alone."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot
from tests.store.picturing import scene
from tests.ui.pages.drawing import DrawingObject, picture

from gemba.domain.evidence import Mark, MarkShape
from gemba.store.burning import painted
from gemba.store.mark_shapes import PIXELATED
from gemba.ui.drawing.instruments import LOOKS, Tool
from gemba.ui.drawing.painting import paint_marks

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def near(mark: Mark, *points: tuple[float, float]) -> bool:
    return all(
        abs(found[0] - wanted[0]) < 0.01 and abs(found[1] - wanted[1]) < 0.01
        for found, wanted in zip(mark.points, points, strict=True)
    )


@pytest.mark.parametrize("tool", [Tool.ARROW, Tool.BOX, Tool.CIRCLE, Tool.HIDE, Tool.BLUR])
def test_a_drag_draws_the_shape_of_the_tool(annotator: DrawingObject, tool: Tool) -> None:
    annotator.use(f"tool.{tool}").drag((0.2, 0.3), (0.4, 0.4), (0.6, 0.7))
    assert len(annotator.marks) == 1
    assert annotator.marks[0].shape is LOOKS[tool].shape
    assert near(annotator.marks[0], (0.2, 0.3), (0.6, 0.7))
    assert annotator.marks[0].text == (PIXELATED if tool is Tool.BLUR else "")


def test_the_pen_follows_the_way(annotator: DrawingObject) -> None:
    annotator.use("tool.pen").drag((0.1, 0.1), (0.3, 0.2), (0.2, 0.5), (0.6, 0.6))
    assert annotator.marks[0].shape is MarkShape.PEN
    assert len(annotator.marks[0].points) >= 4


def test_a_click_is_no_box_and_a_drag_beyond_the_edge_ends_there(annotator: DrawingObject) -> None:
    annotator.use("tool.box").click(0.5, 0.5)
    assert annotator.marks == ()
    annotator.drag((0.5, 0.5), (1.4, 1.3))
    assert near(annotator.marks[0], (0.5, 0.5), (1.0, 1.0))


def test_numbers_count_on_and_words_are_typed_on_the_picture(annotator: DrawingObject) -> None:
    annotator.press(Key.Key_N).click(0.2, 0.2).click(0.4, 0.4)
    assert [mark.text for mark in annotator.marks] == ["1", "2"]
    annotator.press(Key.Key_T).click(0.5, 0.6).type("Guard is open, no lock").press(Key.Key_Return)
    assert (annotator.marks[-1].shape, annotator.marks[-1].text) == (MarkShape.TEXT, "Guard is open, no lock")
    annotator.press(Key.Key_T).click(0.1, 0.8).type("never").press(Key.Key_Escape)
    assert len(annotator.marks) == 3
    annotator.press(Key.Key_V).double_click(0.52, 0.62).type("Other").press(Key.Key_Return)
    assert annotator.marks[-1].text == "Other"


def test_words_that_are_being_typed_are_not_lost_by_done(annotator: DrawingObject, qtbot: QtBot) -> None:
    annotator.press(Key.Key_T).click(0.5, 0.6).type("Half")
    with qtbot.waitSignal(annotator.window.kept) as kept:
        annotator.use("annotator.done")
    assert [mark.text for mark in kept.args[0]] == ["Half"]


def test_a_mark_is_chosen_moved_and_pulled(annotator: DrawingObject) -> None:
    annotator.use("tool.box").drag((0.2, 0.2), (0.4, 0.4)).press(Key.Key_V)
    annotator.drag((0.2, 0.3), (0.3, 0.4))
    assert near(annotator.marks[0], (0.3, 0.3), (0.5, 0.5))
    annotator.drag((0.5, 0.5), (0.8, 0.9))
    assert near(annotator.marks[0], (0.3, 0.3), (0.8, 0.9))
    annotator.click(0.9, 0.1)
    assert annotator.drawing.chosen is None


def test_inside_of_a_box_lies_what_is_below_it(annotator: DrawingObject) -> None:
    annotator.use("tool.number").click(0.5, 0.5)
    annotator.use("tool.box").drag((0.2, 0.2), (0.8, 0.8)).press(Key.Key_V).press(Key.Key_Escape)
    annotator.click(0.5, 0.5)
    assert annotator.drawing.mark is not None
    assert annotator.drawing.mark.shape is MarkShape.NUMBER


def test_every_step_goes_back_and_forth(annotator: DrawingObject) -> None:
    annotator.use("tool.arrow").drag((0.2, 0.2), (0.4, 0.4)).drag((0.5, 0.5), (0.7, 0.7))
    annotator.press(Key.Key_Delete)
    assert len(annotator.marks) == 1
    annotator.press(Key.Key_Z, Modifier.ControlModifier)
    assert len(annotator.marks) == 2
    annotator.use("draw.undo").use("draw.undo")
    assert annotator.marks == ()
    assert not annotator.button("draw.undo").isEnabled()
    annotator.press(Key.Key_Y, Modifier.ControlModifier)
    annotator.use("draw.redo")
    assert len(annotator.marks) == 2


def test_the_keyboard_alone_draws_moves_sizes_and_words(annotator: DrawingObject) -> None:
    annotator.press(Key.Key_B).press(Key.Key_Return)
    before = annotator.marks[0]
    annotator.press(Key.Key_Right).press(Key.Key_Down)
    after = annotator.marks[0]
    assert after.points[0] == pytest.approx((before.points[0][0] + 0.01, before.points[0][1] + 0.01))
    annotator.press(Key.Key_Right, Modifier.ShiftModifier)
    assert annotator.marks[0].points[1][0] == pytest.approx(after.points[1][0] + 0.01)
    annotator.press(Key.Key_T).press(Key.Key_Return).type("Here").press(Key.Key_Return)
    assert annotator.marks[1].text == "Here"
    annotator.press(Key.Key_3).press(Key.Key_BracketRight)
    assert (annotator.marks[1].colour, annotator.marks[1].width) == ("fair", 0.012)


def test_tab_goes_through_the_marks_and_on(annotator: DrawingObject) -> None:
    annotator.press(Key.Key_N).click(0.2, 0.2).click(0.4, 0.4).press(Key.Key_Escape)
    annotator.canvas.setFocus()
    seen = []
    for _ in range(3):
        annotator.press(Key.Key_Tab)
        seen.append(annotator.drawing.chosen)
    assert seen == [0, 1, None]
    assert not annotator.canvas.hasFocus()


def test_what_is_chosen_is_told(annotator: DrawingObject) -> None:
    annotator.press(Key.Key_N).click(0.2, 0.2)
    assert annotator.canvas.accessibleDescription() == "Number “1”, 1 of 1"
    annotator.press(Key.Key_Escape)
    assert annotator.canvas.accessibleDescription() == "1 mark"


def test_zoomed_one_draws_where_one_points(annotator: DrawingObject) -> None:
    annotator.use("draw.nearer").use("draw.nearer")
    at = annotator.at(0.5, 0.5)
    turn = QWheelEvent(
        QPointF(at), annotator.canvas.mapToGlobal(QPointF(at)), QPoint(), QPoint(0, 240),
        Qt.MouseButton.NoButton, Modifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(annotator.canvas, turn)
    assert annotator.canvas.eye.zoom > 1.9
    assert (annotator.at(0.5, 0.5) - at).manhattanLength() <= 2, "what is below the pointer stays"
    annotator.press(Key.Key_A).drag((0.45, 0.45), (0.55, 0.55))
    assert near(annotator.marks[0], (0.45, 0.45), (0.55, 0.55))
    annotator.press(Key.Key_0)
    assert annotator.canvas.eye.zoom == 1


def test_closing_keeps_and_leaving_does_not(annotator: DrawingObject, qtbot: QtBot) -> None:
    annotator.use("tool.arrow").drag((0.2, 0.2), (0.4, 0.4)).press(Key.Key_Escape)
    with qtbot.waitSignal(annotator.window.kept):
        annotator.press(Key.Key_Escape)


def test_leaving_as_it_was_keeps_nothing(annotator: DrawingObject, qtbot: QtBot) -> None:
    annotator.use("tool.arrow").drag((0.2, 0.2), (0.4, 0.4))
    with qtbot.assertNotEmitted(annotator.window.kept):
        annotator.use("annotator.leave")


def test_every_button_has_words_and_every_tool_a_key_of_its_own(annotator: DrawingObject) -> None:
    for button in annotator.window.findChildren(QAbstractButton):
        assert button.objectName(), button
        assert button.accessibleName(), button.objectName()
    keys = [look.key for look in LOOKS.values()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("shape", list(MarkShape))
@pytest.mark.parametrize("text", ["12", PIXELATED])
def test_the_canvas_shows_what_will_be_burned_in(qapp: QApplication, shape: MarkShape, text: str) -> None:
    marks = (Mark(shape, ((0.2, 0.25), (0.55, 0.7)), text=text),)
    seen = picture((800, 600))
    painter = QPainter(seen)
    paint_marks(painter, picture((800, 600)), marks)
    painter.end()
    seen = seen.convertToFormat(QImage.Format.Format_RGB888)
    shown = Image.frombuffer("RGB", (800, 600), bytes(seen.constBits()), "raw", "RGB", seen.bytesPerLine())
    plain = scene(11, (800, 600))
    burned = painted(plain, marks)
    assert _difference(burned, plain) > 75
    assert _difference(burned, shown) < 60


def _difference(one: Image.Image, other: Image.Image) -> int:
    """The greatest difference of brightness, seen with half-closed eyes: edges may lie a fraction of a pixel apart."""
    apart = ImageChops.difference(*(image.resize((100, 75), Image.Resampling.BOX) for image in (one, other)))
    return max(high for _, high in apart.getextrema())
