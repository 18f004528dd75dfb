"""Fixtures that several test files share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from gumlib import cases, data
from gumlib.cases.fitting.likelihood import Problem, pose
from gumlib.own.cluster import template

# The same examples on every run and every machine.
settings.register_profile("fixed", derandomize=True, database=None, deadline=None)
settings.load_profile("fixed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that hold slow tests, so that none is waited for alone at the end.

    Measure no coverage in slow tests and those of the book, nor in those that say so: it doubles their time.
    """
    long = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in long)
    for item in items:
        if item.path.parent.name in ("book", "browser") or item.get_closest_marker("slow"):
            item.add_marker("no_cover")


@pytest.fixture
def pipes(tmp_path: Path) -> Path:
    """Write the invented case of a reader."""
    return template.write(tmp_path / "pipes", example=True)


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make the page of the invented case once, in a folder of its own."""
    from gumlib.own.cluster import report

    return report.html(template.write(tmp_path_factory.mktemp("example") / "pipes", example=True))


@pytest.fixture(scope="session")
def shipped() -> list[cases.Case]:
    """Load the four clusters of the book."""
    return [cases.load(name) for name in cases.names()]


@pytest.fixture(scope="session")
def problem(shipped: list[cases.Case]) -> Problem:
    """Pose the fit of the four clusters."""
    return pose(shipped)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Copy the data package, so that a fault can be planted in it."""
    return shutil.copytree(data.folder(), tmp_path / "data")


@pytest.fixture
def planted(package: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let gumlib read the copy, with nothing remembered from the real package."""
    data.forget()
    for home in (data, data.package):
        monkeypatch.setattr(home, "folder", lambda: package)
    yield package
    data.forget()
