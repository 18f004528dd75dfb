"""Run a study chunk by chunk, in one process or spread over Dask workers, to the same bits."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import numpy as np

from gumlib.dynamics.ensemble import draws
from gumlib.dynamics.ensemble.outcomes import COLUMNS, Outcomes
from gumlib.dynamics.ensemble.store import Store, open_store
from gumlib.dynamics.ensemble.study import Study
from gumlib.dynamics.parameters import Floats
from gumlib.errors import GumError, extra

CHUNK = 8192
"""Draws in memory together, at about 1.5 kB a draw; results do not depend on it."""
_AHEAD = 2
_compiled = Lock()


def run(
    study: Study,
    *,
    chunk: int = CHUNK,
    client: Any = None,
    store: str | os.PathLike[str] | None = None,
    progress: bool = False,
) -> Outcomes:
    """Run a study; the outcomes are the same to the last bit for any chunk and any number of workers.

    Parameters
    ----------
    chunk : draws computed together; bounds the memory beyond the outcomes (104 bytes a draw)
    client : a ``dask.distributed.Client`` whose workers compute the chunks
    store : folder of a Zarr store; finished chunks in it are read, the others run and written, by
        the workers themselves if there are any (they must see the folder). A store keeps the size of
        chunks it was made with
    progress : whether to show a bar

    Raises
    ------
    GumError : a chunk below one, a store of another study, a client that is none
    """
    if chunk < 1:
        raise GumError(f"expected one draw or more in a chunk, got {chunk}", "ensemble", "chunk")
    if client is not None and not hasattr(client, "submit"):
        raise GumError(f"expected a dask.distributed.Client, got {type(client).__name__}", "ensemble", "client")
    kept = None if store is None else open_store(store, study, chunk)
    chunk = chunk if kept is None else kept.chunk
    values = np.empty((study.count, len(COLUMNS)))
    parts = {number: values[first : first + chunk] for number, first in enumerate(range(0, study.count, chunk))}
    missing = [number for number, part in parts.items() if kept is None or not kept.load(number, part)]
    with _bar(study.count, progress) as advance:
        advance(study.count - sum(len(parts[number]) for number in missing))
        order = _serial(study, chunk, missing, kept) if client is None else _spread(study, chunk, missing, kept, client)
        for number, found in order:
            _fill(parts[number], found, kept, number)
            advance(len(parts[number]))
    return Outcomes(values)


def _fill(part: Floats, found: Floats | None, kept: Store | None, number: int) -> None:
    """Write what was found of a chunk into its part, or else what a worker has stored of it."""
    if found is not None:
        part[:] = found
    elif kept is None or not kept.load(number, part):
        raise GumError(f"expected chunk {number} in the store; let all workers see the folder", "ensemble", "store")


def run_chunk(study: Study, chunk: int, number: int) -> Floats:
    """Return the outcomes of one chunk, (draws in it, 13)."""
    part = (number * chunk, min((number + 1) * chunk, study.count))
    drawn = draws.parameters(draws.table(draws.unit(study.count, study.seed, part)))
    if study.engine == "numpy":
        return study.end(drawn)
    with _compiled:  # not every threading layer of numba bears two callers
        return study.end(drawn)


def _serial(study: Study, chunk: int, missing: list[int], kept: Store | None) -> Iterator[tuple[int, Floats]]:
    for number in missing:
        values = run_chunk(study, chunk, number)
        if kept is not None:
            kept.save(number, values)
        yield number, values


def _spread(
    study: Study, chunk: int, missing: list[int], kept: Store | None, client: Any
) -> Iterator[tuple[int, Floats | None]]:
    """Give the chunks to the workers, a few ahead of what has come back, so that memory stays bounded."""
    folder = None if kept is None else str(kept.folder.resolve())
    waiting, numbers = iter(missing), dict[Any, int]()
    coming = extra("distributed", "ensemble").as_completed()

    def submit() -> None:
        number = next(waiting, None)
        if number is not None:
            future = client.submit(_work, study, chunk, number, folder, pure=False)
            numbers[future] = number
            coming.add(future)

    for _ in range(_AHEAD * max(1, sum(client.nthreads().values()))):
        submit()
    try:
        for future in coming:
            found = future.result()
            yield numbers.pop(future), found
            del future, found
            submit()
    finally:
        client.cancel(list(numbers))


def _work(study: Study, chunk: int, number: int, folder: str | None) -> Floats | None:
    """Compute a chunk on a worker; write it to the store, or send it back."""
    values = run_chunk(study, chunk, number)
    if folder is None:
        return values
    open_store(folder, study, chunk).save(number, values)
    return None


@contextmanager
def _bar(total: int, shown: bool) -> Iterator[Callable[[int], Any]]:
    """Yield what is called with the number of draws finished."""
    if not shown:
        yield lambda _: None
        return
    with extra("tqdm", "ensemble").tqdm(total=total, unit="draw", unit_scale=True) as bar:
        yield bar.update
