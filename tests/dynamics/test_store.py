"""A store is begun by many processes at once, and by none of them twice."""

from __future__ import annotations

import os
import time
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gumlib.dynamics import ensemble
from gumlib.dynamics.ensemble import Study, store
from gumlib.errors import GumError

STUDY = Study(8, seed=1, governance=0.5, years=1, dt=0.25)
ROUNDS = 8
PATIENCE = 300.0


def begin(folder: Path, barrier: Any, told: Any) -> None:
    """Begin stores in step with another process: both have seen that there is none when both make it."""
    make = store._create

    def make_together(*args: Any) -> None:
        barrier.wait(PATIENCE)
        make(*args)

    store._create = make_together
    for number in range(ROUNDS):
        try:
            opened = store.open_store(folder / str(number) / "runs.zarr", STUDY, chunk=2 + os.getpid() % 2)
            told.put((number, opened.chunk))
        except Exception as found:
            told.put((number, repr(found)))


def test_two_processes_that_begin_one_store_at_once_share_it(tmp_path):
    for number in range(0, ROUNDS, 2):  # half of them in an empty folder that stands already
        (tmp_path / str(number) / "runs.zarr").mkdir(parents=True)
    context = get_context("spawn")
    barrier, told = context.Barrier(2), context.Queue()
    both = [context.Process(target=begin, args=(tmp_path, barrier, told)) for _ in range(2)]
    for process in both:
        process.start()
    chunks: dict[int, set[object]] = {number: set() for number in range(ROUNDS)}
    for _ in range(2 * ROUNDS):
        number, chunk = told.get(timeout=PATIENCE)
        chunks[number].add(chunk)
    for process in both:
        process.join(PATIENCE)
    assert all(len(each) == 1 and each <= {2, 3} for each in chunks.values()), chunks
    for number in range(ROUNDS):
        assert [file.name for file in (tmp_path / str(number)).iterdir()] == ["runs.zarr"]
    found = ensemble.run(STUDY, store=tmp_path / "0" / "runs.zarr").values
    assert np.array_equal(found, ensemble.run(STUDY).values)


def test_what_killed_processes_left_is_removed_and_nothing_else(tmp_path):
    dead, alive = (tmp_path / f"runs.zarr.{letter * 32}.new" for letter in "ab")
    others = (tmp_path / "runs.zarr.old.new", tmp_path / f"walks.zarr.{'a' * 32}.new")
    for folder in (dead, alive, *others):
        folder.mkdir()
    for folder in (dead, *others):
        os.utime(folder, (0, time.time() - 2 * store._DEAD))
    store.open_store(tmp_path / "runs.zarr", STUDY, chunk=2)
    assert sorted(tmp_path.iterdir()) == sorted([tmp_path / "runs.zarr", alive, *others])


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_store_where_none_can_be_made_is_refused_in_words(tmp_path, place):
    (tmp_path / "file").write_text("a letter", encoding="utf-8")
    with pytest.raises(GumError, match="store"):
        store.open_store(tmp_path / place, STUDY, chunk=2)
