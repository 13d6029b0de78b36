from __future__ import annotations

import random

import pytest

from gemba.errors import Refusal
from gemba.methods.text import suggesting
from gemba.methods.text.suggesting import learn

SAID = {
    "late": "parcel late delivery never arrived waiting days courier driver missed",
    "fee": "fee charged twice money account refund bill interest costs invoice",
    "staff": "rude staff counter clerk shouted ignored manager attitude unfriendly queue",
}


def labelled(each: int, noise: float = 0.0, seed: int = 1) -> tuple[list[str], list[str]]:
    chance = random.Random(seed)
    everything = " ".join(SAID.values()).split()
    texts, labels = [], []
    for at in range(each * len(SAID)):
        label = list(SAID)[at % len(SAID)]
        texts.append(" ".join(chance.choices(SAID[label].split(), k=4) + chance.choices(everything, k=3)))
        labels.append(chance.choice(list(SAID)) if chance.random() < noise else label)
    return texts, labels


def test_what_people_labelled_is_learned():
    suggester = learn(*labelled(40))
    guess = suggester.guesses(["the courier never arrived with my parcel, days late"])[0]
    assert guess.label == "late"
    assert guess.sure()
    assert set(guess.others) == {"fee", "staff"}
    assert suggester.learned_from == 120


@pytest.mark.parametrize(("each", "noise"), [(60, 0.4), (340, 0.3)])
def test_a_confidence_is_what_it_says(each: int, noise: float):
    suggester = learn(*labelled(each, noise))
    texts, truth = labelled(300, noise, seed=9)
    guesses = suggester.guesses(texts)
    said = sum(guess.confidence for guess in guesses) / len(guesses)
    right = sum(guess.label == label for guess, label in zip(guesses, truth, strict=True)) / len(truth)
    assert said == pytest.approx(right, abs=0.07)
    assert suggester.reliability.error < 0.1


def test_labels_without_sense_give_nothing_that_is_sure():
    texts, labels = labelled(60)
    random.Random(2).shuffle(labels)
    assert not any(guess.sure() for guess in learn(texts, labels).guesses(texts[:50]))


def test_the_same_labels_give_the_same_suggestions():
    texts, labels = labelled(30)
    assert learn(texts, labels).guesses(texts) == learn(texts, labels).guesses(texts)


def test_an_empty_text_is_never_sure():
    guess = learn(*labelled(30)).guesses(["  "])[0]
    assert not guess.sure()


def test_two_labels_are_enough_and_rare_ones_are_left_out():
    texts, labels = labelled(30)
    texts, labels = (
        [*texts, "strange thing", "other thing"],
        [*("late" if x == "fee" else x for x in labels), "odd", "odd"],
    )
    suggester = learn(texts, labels)
    assert suggester.labels == ("late", "staff")
    assert suggester.left_out == {"odd": 2}


@pytest.mark.parametrize("each", [0, 10, 16])
def test_fewer_than_fifty_labels_are_refused_and_counted(each: int):
    with pytest.raises(Refusal) as refused:
        learn(*labelled(each))
    assert refused.value.facts == {"needed": 50, "given": 3 * each}


def test_one_label_alone_teaches_nothing():
    with pytest.raises(Refusal, match="labels_too_few"):
        learn(["a text"] * 60, ["late"] * 60)


def test_without_the_extra_it_refuses_with_the_way_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(suggesting, "can_learn", lambda: False)
    with pytest.raises(Refusal, match="text_extra"):
        learn(*labelled(30))


@pytest.mark.parametrize("strange", ["hm", "zebra quokka", "???", "服务太慢了"])
def test_what_has_nothing_in_common_with_what_was_learned_is_never_sure(strange: str):
    assert learn(*labelled(40)).guesses([strange])[0].confidence == 0
