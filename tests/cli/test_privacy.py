"""`gemba privacy`: what tells of a person is erased from the command line."""

from __future__ import annotations

from tests.cli.conftest import Shell


def test_a_person_is_erased_and_listed(shell: Shell) -> None:
    assert shell("privacy", "list").out == "Nothing was erased.\n"
    person = shell.ok("person", "set", "--name", "Xylia Example")["uid"]
    done = shell.ok("privacy", "erase", "person", person, "--reason", "Asked for.")
    assert (done["noun"], done["entity"], done["fields"]) == ("person", person, ["name"])
    (listed,) = shell.ok("privacy", "list")
    assert (listed["entity"], listed["reason"]) == (person, "Asked for.")
    assert person in shell("privacy", "list").out
    assert "Xylia" not in shell("person", "show").out


def test_what_cannot_be_erased_is_refused_in_a_sentence(shell: Shell) -> None:
    person = shell.ok("person", "set", "--name", "Ana")["uid"]
    for arguments, word in (
        (("erase", "place", person, "--reason", "x"), "holds nothing"),
        (("erase", "person", person, "--reason", " "), "Say why"),
        (("erase", "finding", person, "--reason", "x"), "finding"),
    ):
        said = shell("privacy", *arguments)
        assert said.code == 2
        assert word in said.err
        assert said.err.count("\n") == 1


def test_a_record_with_a_number_is_erased_by_it(shell: Shell) -> None:
    number = shell.ok("complaint", "add", "--words", "Xylia waited")["number"]
    assert shell.ok("privacy", "erase", "complaint", number, "--reason", "Asked for.")["noun"] == "complaint"
    assert shell.ok("complaint", "show", number)["complaint"]["words"] == ""
