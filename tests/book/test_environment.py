"""The ways to install the book agree: pyproject.toml, the locks, environment.yml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
LOCKS = ("book", "test", "dev")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
PYTHONS = ("3.11", "3.12", "3.13")


def entries(lock: str) -> list[str]:
    """Split a lock into its entries, each with its hashes."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8").replace("\\\n", "")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def pins(lock: str) -> dict[str, set[Version]]:
    """Return the versions a lock holds of each package; more than one where they differ by Python."""
    found: dict[str, set[Version]] = {}
    for entry in entries(lock):
        name, version = re.match(r"([A-Za-z0-9._-]+)==(\S+)", entry).groups()
        found.setdefault(canonicalize_name(name), set()).add(Version(version))
    return found


def wanted(extra: str | None) -> list[Requirement]:
    """Return what an extra of pyproject.toml asks for, extras within it unfolded."""
    asked = PROJECT["dependencies"] if extra is None else PROJECT["optional-dependencies"][extra]
    result = [] if extra is None else wanted(None)
    for requirement in map(Requirement, asked):
        if requirement.name == PROJECT["name"]:
            result += [inner for name in sorted(requirement.extras) for inner in wanted(name)]
        else:
            result.append(requirement)
    return result


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_every_dependency_in_a_version_that_is_allowed(lock):
    locked = pins(lock)
    for requirement in wanted(lock):
        versions = locked.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement.name} is in pyproject.toml but not in requirements/{lock}.txt"
        assert all(requirement.specifier.contains(version) for version in versions), f"{requirement}: {versions}"


def test_a_smaller_lock_is_part_of_the_larger():
    book, test, dev = (pins(lock) for lock in LOCKS)
    assert book.items() <= test.items() <= dev.items()


@pytest.mark.parametrize("lock", [*LOCKS, "uv"])
def test_a_lock_names_no_host_and_hashes_everything(lock):
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    assert not re.search(r"://|--?(extra-)?index|--find-links|--trusted-host|^-", text, re.MULTILINE)
    for entry in entries(lock):
        assert re.fullmatch(r"\S+==\S+( ; [^-]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*", entry), entry[:80]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_serves_every_python_we_name(lock):
    for entry in entries(lock):
        requirement = Requirement(entry.split("--hash")[0].strip())
        assert len(requirement.specifier) == 1
    for requirement in wanted(lock):
        mine = [
            locked
            for locked in (Requirement(entry.split("--hash")[0].strip()) for entry in entries(lock))
            if canonicalize_name(locked.name) == canonicalize_name(requirement.name)
        ]
        for version in PYTHONS:
            environment = {"python_version": version, "python_full_version": f"{version}.0"}
            fitting = [one for one in mine if one.marker is None or one.marker.evaluate(environment)]
            assert len(fitting) == 1, f"{requirement.name} on Python {version}: {fitting}"


def test_conda_parses_its_part():
    rattler = pytest.importorskip("rattler")
    for spec in conda_specs():
        assert rattler.MatchSpec(spec).name.normalized in ("python", "pip")
    with pytest.raises(Exception, match="unable to parse"):
        rattler.MatchSpec("python=>=3.11,,")


def conda_specs() -> list[str]:
    return [spec for spec in CONDA["dependencies"] if isinstance(spec, str)]


def test_conda_gives_python_and_pip_gives_the_lock():
    (pip,) = [part["pip"] for part in CONDA["dependencies"] if isinstance(part, dict)]
    assert sorted(re.match(r"[a-z]+", spec)[0] for spec in conda_specs()) == ["pip", "python"]
    assert len(pip) == 1
    option, lock = pip[0].split()
    assert option == "-r"
    assert (ROOT / lock).exists()
    assert Path(lock).stem in LOCKS


def test_conda_lets_in_the_pythons_that_the_project_supports():
    (spec,) = [spec for spec in conda_specs() if spec.startswith("python")]
    conda, project = SpecifierSet(spec.removeprefix("python")), SpecifierSet(PROJECT["requires-python"])
    for version in PYTHONS:
        assert f"{version}.1" in conda
        assert f"{version}.1" in project
    assert "3.10.14" not in conda
    assert "3.10.14" not in project
