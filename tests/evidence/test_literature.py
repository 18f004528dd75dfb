"""The coding of the literature rests on the bibliography and nothing else."""

from __future__ import annotations

import pytest

from gumlib import data
from gumlib.errors import GumError
from gumlib.evidence import works as literature


def test_every_coded_key_is_in_the_bibliography():
    assert set(literature.concepts()["key"]) <= set(literature.works().index)


def test_a_key_outside_the_bibliography_is_named(monkeypatch):
    planted = data.read("concepts").assign(key="nobody1900")
    monkeypatch.setattr(literature.data, "read", lambda _name: planted)
    with pytest.raises(GumError, match="nobody1900"):
        literature.concepts()


def test_a_note_that_does_not_say_how_far_it_was_checked_is_named():
    with pytest.raises(GumError, match="begins with seen, known, seed"):
        literature._check("someone2000", "read at leisure")


def test_a_work_joins_each_pair_of_its_concepts():
    told = literature.concepts().groupby("key")["concept"].agg(set)
    joined = literature.bridges().set_index(["concept", "with"])["works"]
    for (one, other), works in joined.items():
        assert works == sum({one, other} <= concepts for concepts in told)
    assert joined.sum() == sum(len(concepts) * (len(concepts) - 1) // 2 for concepts in told)
