from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gemba.reports.paper.blocks import Block, Space, Stack, fill
from gemba.reports.paper.columns import Columns
from gemba.reports.paper.frames import Panel, Row, Table
from gemba.reports.paper.pages import lay_out


class Slab(Block):
    """A block of a height; may be cut anywhere into whole millimetres."""

    def __init__(self, height: int, *, keep_next: bool = False, cut: bool = False) -> None:
        self._height = height
        self.keep_next = keep_next
        self._cut = cut

    def height(self, width):  # noqa: ARG002 - the same at any width
        return self._height

    def split(self, width, room):  # noqa: ARG002 - as above
        whole = int(room)
        if self._height <= room:
            return self, None
        if not self._cut or whole < 1:
            return None, self
        return Slab(whole, cut=True), Slab(self._height - whole, cut=True)

    def draw(self, pen, x, y, width):
        raise NotImplementedError


slabs = st.lists(st.builds(Slab, st.integers(1, 60), keep_next=st.booleans(), cut=st.booleans()), max_size=30)


@given(slabs, st.integers(60, 120))
def test_pages_are_filled_in_order_and_nothing_is_lost(blocks, room):
    rest, seen = list(blocks), 0.0
    while rest:
        before = len(rest)
        placed, rest = fill(rest, 100, room, whole=True)
        assert placed
        assert all(item.y + item.block.height(100) <= room + 0.01 for item in placed)
        seen += sum(item.block.height(100) for item in placed)
        assert len(rest) < before or rest[0] not in blocks
    assert seen == sum(block.height(100) for block in blocks)


def test_a_heading_never_ends_a_page():
    placed, rest = fill([Slab(50), Slab(10, keep_next=True), Slab(45)], 100, 100)
    assert len(placed) == 1
    assert len(rest) == 2


def test_what_is_higher_than_a_page_is_placed_all_the_same():
    assert len(lay_out([Slab(900), Slab(10)])) == 2


def test_no_pages_without_blocks():
    assert lay_out([]) == []


def test_table_heads_come_again():
    table = Table(Slab(10), [Slab(20) for _ in range(10)])
    head, tail = table.split(100, 75)
    assert head is not None
    assert tail is not None
    assert head.height(100) == 70
    assert tail.height(100) == 10 + 7 * 20


def test_a_single_row_is_not_left_over():
    head, tail = Table(Slab(10), [Slab(20) for _ in range(5)]).split(100, 95)
    assert head is not None
    assert tail is not None
    assert tail.height(100) == 10 + 40


def test_a_stack_that_belongs_together_is_not_split():
    together = Stack([Slab(30), Slab(30)], together=True)
    assert together.split(100, 50) == (None, together)


def test_loose_columns_go_on_at_full_width():
    text, photo = Slab(200, cut=True), Slab(80)
    head, tail = Columns([text, photo], [0, 40], loose=True).split(100, 90)
    assert head is not None
    assert isinstance(tail, Slab)
    assert tail.height(100) == 110


def test_cells_of_a_row_begin_together():
    row = Columns([Slab(200, cut=True), Slab(80)], [0, 40])
    assert row.split(100, 50) == (None, row)


def test_frames_add_their_air():
    assert Panel(Slab(10), padding=4).height(100) == 18
    assert Row(Slab(10), air=2).height(100) == 14
    assert Space(3).height(1) == 3
    head, tail = Panel(Slab(100, cut=True), padding=5).split(100, 60)
    assert head is not None
    assert tail is not None
    assert head.height(100) + tail.height(100) == 100 + 4 * 5
