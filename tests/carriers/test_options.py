"""What a carrier takes besides its address; whatever nobody would read is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from gemba import wording
from gemba.carriers.address import Sort
from gemba.carriers.options import OPTIONS, check, is_on, patience
from gemba.errors import Refusal

HANDBOOK = Path(__file__).parents[2] / "docs/handbook/carriers.md"


@pytest.mark.parametrize(
    ("sort", "options", "code", "told"),
    [
        (Sort.WEBDAV, {"autentication": "digest"}, "unknown_option", "timeout, auth, certificate"),
        (Sort.FOLDER, {"key_file": "x"}, "unknown_option", "mount"),
        (Sort.WEBDAV, {"auth": "digset"}, "bad_option", "basic, digest"),
        (Sort.SMB, {"encrypt": "perhaps"}, "bad_option", "yes, no"),
        (Sort.SFTP, {"timeout": "soon"}, "bad_timeout", "seconds"),
        (Sort.S3, {"timeout": "nan"}, "bad_timeout", "seconds"),
        (Sort.S3, {"timeout": 0}, "bad_timeout", "seconds"),
        (Sort.S3, {"timeout": "-4"}, "bad_timeout", "seconds"),
        (Sort.S3, {"timeout": "inf"}, "bad_timeout", "seconds"),
        (Sort.S3, {"endpoint": "s3.example.org"}, "bad_endpoint", "https://"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(sort, options, code, told):
    with pytest.raises(Refusal) as caught:
        check(sort, options)
    assert caught.value.code == f"carriers.{code}"
    assert told in wording.sentence(caught.value)


def test_options_that_make_sense_pass():
    check(Sort.WEBDAV, {"auth": "Digest", "certificate": "own.pem", "timeout": "2.5"})
    check(Sort.S3, {"endpoint": "https://s3.example.org", "key": "k", "region": "eu"})
    assert [patience(said) for said in ({}, {"timeout": ""}, {"timeout": "2.5"})] == [60.0, 60.0, 2.5]
    assert [is_on(said, "encrypt") for said in ({}, {"encrypt": "no"}, {"encrypt": "yes"})] == [False, False, True]


def test_the_handbook_names_every_option_that_a_person_gives():
    words = HANDBOOK.read_text("utf-8")
    given = {name for names in OPTIONS.values() for name in names} - {"mount", "host_key"}
    assert {name for name in given if f"`{name}" not in words} == set()
