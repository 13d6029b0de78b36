"""Submissions reach an OpenRosa server whole and once."""

from __future__ import annotations

import os

import pytest
from tests.carriers.openrosa_server import PASSWORD, State, serving

from gemba import wording
from gemba.carriers.openrosa import Server, Submission, message, split
from gemba.errors import GembaError, Refusal, Trouble

XML = b'<data id="walk" version="1"><meta><instanceID>uuid:1</instanceID></meta><photo>a.jpg</photo></data>'
MEDIA = tuple((f"photo {number} \xfc.jpg", os.urandom(30_000)) for number in range(5))
SUBMISSION = Submission("uuid:1", XML, MEDIA)


def failing(url: str, secret: str | None = PASSWORD, submission: Submission = SUBMISSION, **options) -> GembaError:
    with pytest.raises(GembaError) as caught, Server(url, options, secret) as server:
        server.send(submission)
    told = wording.sentence(caught.value)
    assert not told.startswith(caught.value.code)
    assert "?" not in told
    assert PASSWORD not in told
    return caught.value


@pytest.mark.parametrize("auth", ["digest", "basic", "none"])
def test_a_submission_arrives_with_its_files(auth):
    state = State(auth=auth)
    with serving(state) as url, Server(url, {}, PASSWORD) as server:
        sent = server.send(SUBMISSION)
    assert (sent.requests, sent.words) == (1, "Thank you.")
    assert state.taken["uuid:1"].xml == XML
    assert state.taken["uuid:1"].media == dict(MEDIA)
    assert state.taken["uuid:1"].complete
    assert state.faults == []


def test_a_large_one_goes_in_several_requests_none_larger_than_the_server_takes():
    state = State(most=75_000)
    with serving(state) as url, Server(url, {}, PASSWORD) as server:
        steps = []
        assert server.send(SUBMISSION, told=lambda *step: steps.append(step)).requests == 3
    assert steps == [(1, 3), (2, 3), (3, 3)]
    assert state.taken["uuid:1"].media == dict(MEDIA)
    assert state.faults == []


def test_what_was_taken_before_a_cut_is_not_sent_again():
    state = State(most=75_000, cut_after=1)
    with serving(state) as url:
        done = []
        with pytest.raises(Trouble, match=r"carriers\.cut_off"), Server(url, {}, PASSWORD) as server:
            server.send(SUBMISSION, told=lambda count, _: done.append(count))
        assert done == [1]
        with Server(url, {}, PASSWORD) as server:
            server.send(SUBMISSION, begin=1)
        assert state.taken["uuid:1"].requests == 4
        assert state.taken["uuid:1"].media == dict(MEDIA)
        assert state.taken["uuid:1"].complete


def test_twice_is_the_same_as_once():
    state = State()
    with serving(state) as url, Server(url, {}, PASSWORD) as server:
        server.send(SUBMISSION)
        server.send(SUBMISSION)
    assert list(state.taken) == ["uuid:1"]
    assert state.taken["uuid:1"].requests == 2


def test_other_answers_under_one_id_are_told():
    with serving(State()) as url:
        with Server(url, {}, PASSWORD) as server:
            server.send(SUBMISSION)
        other = Submission("uuid:1", XML.replace(b"a.jpg", b"b.jpg"))
        assert failing(url, submission=other).code == "carriers.submission_differs"


def test_a_wrong_password_is_told():
    for auth in ("digest", "basic"):
        with serving(State(auth=auth)) as url:
            assert failing(url, "wrong").code == "carriers.wrong_password"
            assert failing(url, None).code == "carriers.wrong_password"


def test_what_the_server_says_is_passed_on():
    with serving(State(forms={"another"})) as url:
        refused = failing(url)
    assert (refused.code, isinstance(refused, Refusal)) == ("carriers.form_unknown_there", True)
    assert "walk not found" in refused.facts["reason"]
    with serving(State(say=503)) as url:
        trouble = failing(url)
    assert (trouble.code, trouble.facts["reason"]) == ("carriers.server_failed", "The server is tired.")
    with serving(State(say=400)) as url:
        assert failing(url).code == "carriers.submission_refused"


def test_a_gate_that_says_yes_to_everything_takes_nothing():
    with serving(State(page=True)) as url:
        assert failing(url).code == "carriers.no_openrosa"
    with serving(State(say=200)) as url:
        assert failing(url).code == "carriers.submission_refused"


def test_a_file_that_is_too_large_for_the_server_is_told():
    with serving(State(most=20_000)) as url:
        assert failing(url).code == "carriers.file_too_large_there"


def test_the_password_goes_to_no_other_server():
    with serving(State(location="http://127.0.0.2:1/submission")) as url:
        assert failing(url).code == "carriers.other_server"
    with serving(State(location="/projects/7/submission")) as url, Server(url, {}, PASSWORD) as server:
        server.check()


def test_no_server_at_all_is_told():
    with serving(State()) as url:
        pass
    assert failing(url).code == "carriers.refused"


def test_a_password_goes_in_the_clear_over_no_network():
    with Server("http://auditor@forms.example.org/x", {}, PASSWORD) as server:
        with pytest.raises(Refusal, match=r"carriers\.password_in_the_clear"):
            server._sign_in(['Basic realm="x"'])
        server._sign_in(['Digest realm="x"', 'Basic realm="x"'])
    with Server("https://auditor@forms.example.org/x", {}, PASSWORD) as server:
        server._sign_in(['Basic realm="x"'])


def test_batches_hold_everything_in_order():
    for most in (10, 40_000, 75_000, 10_000_000):
        batches = list(split(SUBMISSION, most))
        assert [one for batch in batches for one in batch] == list(MEDIA)
    assert list(split(Submission("uuid:2", XML), 10)) == [()]


def test_a_message_that_is_none_is_none():
    assert message(b"<html>") == ""
    assert message(b'<!DOCTYPE x [<!ENTITY a "b">]><message>&a;</message>') == ""
