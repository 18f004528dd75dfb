"""Fixtures that several test files share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from gumlib import data

# The same examples on every run and every machine.
settings.register_profile("fixed", derandomize=True, database=None, deadline=None)
settings.load_profile("fixed")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Copy the data package, so that a fault can be planted in it."""
    return shutil.copytree(data.folder(), tmp_path / "data")


@pytest.fixture
def planted(package: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let gumlib read the copy, with nothing remembered from the real package."""
    _forget()
    monkeypatch.setattr(data, "folder", lambda: package)
    yield package
    _forget()


def _forget() -> None:
    data._resources.cache_clear()
    data.path.cache_clear()
