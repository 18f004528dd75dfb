"""Results kept from one run to the next are those that would be made, or are made anew."""

from __future__ import annotations

import pytest

from book.kept import Shelf


@pytest.fixture
def keep(tmp_path):
    """Return a function that asks a shelf for the length of each text, and gives the texts that were measured."""
    code = tmp_path / "code.py"
    code.write_text("len", encoding="utf-8")

    def ask(*texts: str) -> list[str]:
        made: list[str] = []
        with Shelf("lengths", str(code), folder=tmp_path / "kept") as shelf:
            assert [shelf.get(text, lambda text=text: made.append(text) or len(text)) for text in texts] == [
                len(text) for text in texts
            ]
        return made

    ask.code, ask.file = code, tmp_path / "kept" / "lengths.json"
    return ask


def test_what_was_asked_for_last_time_alone_is_kept(keep):
    assert keep("a", "bb", "a") == ["a", "bb"]
    assert keep("bb") == []
    assert keep("a", "bb") == ["a"]


@pytest.mark.parametrize("damaged", ["", "{", "[1]", '"x"'])
def test_a_damaged_shelf_is_an_empty_one(keep, damaged):
    keep("a")
    keep.file.write_text(damaged, encoding="utf-8")
    assert keep("a") == ["a"]
    assert keep("a") == []


def test_other_code_finds_nothing(keep):
    keep("a")
    keep.code.write_text("other", encoding="utf-8")
    assert keep("a") == ["a"]


def test_what_an_error_cuts_short_leaves_the_shelf_as_it_was(keep):
    keep("a")
    with pytest.raises(ZeroDivisionError), Shelf("lengths", str(keep.code), folder=keep.file.parent) as shelf:
        shelf.get("b", lambda: 1 / 0)
    assert keep("a") == []
