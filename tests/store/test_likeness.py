"""Copies of a picture are known again; other pictures are not."""

from __future__ import annotations

import pytest
from PIL import Image, ImageEnhance
from tests.store.picturing import as_file, opened, scene

from gemba.domain.evidence import Evidence
from gemba.domain.templates import Template
from gemba.shipped import resource
from gemba.store.likeness import WITHIN, bits_apart, likeness_of
from gemba.store.look_alikes import look_alikes
from gemba.store.photos import prepare
from gemba.work import attach_evidence, conduct
from gemba.work.desk import Desk
from gemba.work.places import add_place

PHOTOS = [file.read_bytes() for file in sorted(resource("demo").glob("*.jpg"))]
PICTURES = [opened(data).convert("RGB") for data in PHOTOS] + [scene(seed) for seed in range(12)]


def copies(image: Image.Image) -> dict[str, Image.Image]:
    wide, tall = image.size
    return {
        "resized": image.resize((wide // 3, tall // 3), Image.Resampling.BICUBIC),
        "recompressed": opened(as_file(image, quality=25)),
        "cropped": image.crop((wide // 50, tall // 50, wide - wide // 50, tall - tall // 50)),
        "brighter": ImageEnhance.Brightness(image).enhance(1.15),
    }


@pytest.mark.parametrize("number", range(len(PICTURES)))
def test_copies_are_known_again(number: int) -> None:
    own = likeness_of(PICTURES[number])
    assert len(own) == 16
    apart = {name: bits_apart(own, likeness_of(copy)) for name, copy in copies(PICTURES[number]).items()}
    assert max(apart.values()) <= WITHIN, apart


def test_other_pictures_are_told_apart() -> None:
    all_of_them = [likeness_of(image) for image in PICTURES]
    near = [
        (one, other)
        for one in range(len(PICTURES))
        for other in range(one)
        if bits_apart(all_of_them[one], all_of_them[other]) <= WITHIN
    ]
    assert near == []


def test_a_picture_in_which_nothing_can_be_told_has_no_likeness() -> None:
    assert likeness_of(Image.new("RGB", (300, 200), "white")) == ""


def test_a_photo_held_sideways_looks_like_its_upright_copy() -> None:
    sideways = resource("demo", "unlabelled-shelf.jpg").read_bytes()
    photo = prepare(sideways)
    assert bits_apart(photo.likeness, prepare(photo.sizes[320]).likeness) <= 4


def test_the_store_finds_what_looks_alike(desk: Desk) -> None:
    walk = begun(desk)
    first = attach_evidence.attach(desk, walk, as_file(scene(1)), "one.jpg").uid
    small = attach_evidence.attach(desk, walk, as_file(scene(1).resize((500, 375)), quality=60), "two.jpg").uid
    attach_evidence.attach(desk, walk, as_file(scene(2)), "three.jpg")
    gone = attach_evidence.attach(desk, walk, as_file(scene(1), quality=70), "four.jpg").uid
    attach_evidence.remove(desk, gone)
    with desk.reader() as reader:
        item = reader.get(Evidence, first)
        assert item is not None
        found = look_alikes(reader, item.likeness)
        assert [each.evidence.uid for each in found] == [first, small]
        assert found[0].bits == 0
        assert look_alikes(reader, "") == []


def begun(desk: Desk) -> str:
    with desk.reader() as reader:
        template = reader.find(Template, kind="area_audit")[0]
    return conduct.start(desk, template.uid, add_place(desk, "Harbour branch").uid).uid
