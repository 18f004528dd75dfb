"""Would the book come out the same elsewhere? Every chapter rerun under other conditions, compared with the stored run.

    python -m book.elsewhere              all conditions
    python -m book.elsewhere no-avx zone  some of them
    python -m book.elsewhere no-avx+zone  both at once, as one machine may have them
    python -m book.elsewhere --list       what there is

Prints for each condition: cells compared, cells that differ beyond tolerance, the largest difference of two results
(as a share) and of two coordinates (in pixels), within tolerance or not, tests passed and failed. How far a condition
is goes to stderr. Ends with 1 if anything differs.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from book.following import follow
from book.paths import BUILD, ROOT

HOME = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
OLD = {"NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4", "OPENBLAS_CORETYPE": "Prescott"}
"""Environment in which numpy and OpenBLAS leave the wide vector units of the processor alone."""
NUMERICAL = ("tests", "--ignore=tests/browser", "--ignore=tests/book")
"""What pytest runs besides: the tests of gumlib, the slow ones too."""


@dataclass(frozen=True)
class Condition:
    """One way in which another machine may differ: variables, Python, folder, home, versions."""

    says: str
    variables: Mapping[str, str] = field(default_factory=dict)
    python: str = ""
    folder: str = "book"
    newest: bool = False


CONDITIONS = {
    "no-avx": Condition("no AVX, oldest kernel of OpenBLAS", OLD),
    "nehalem": Condition("OpenBLAS for Nehalem", {"OPENBLAS_CORETYPE": "Nehalem"}),
    "haswell": Condition("OpenBLAS for Haswell", {"OPENBLAS_CORETYPE": "Haswell"}),
    "zen": Condition("OpenBLAS for Zen", {"OPENBLAS_CORETYPE": "Zen"}),
    "skylakex": Condition("OpenBLAS for SkylakeX", {"OPENBLAS_CORETYPE": "SkylakeX"}),
    "one-thread": Condition("one thread", {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}),
    "two-threads": Condition("two threads", {"OPENBLAS_NUM_THREADS": "2", "OMP_NUM_THREADS": "2"}),
    "zone": Condition("another time zone", {"TZ": "Pacific/Auckland"}),
    "locale": Condition("the C locale", {"LC_ALL": "C", "LANG": "C"}),
    "hash": Condition("another hash seed", {"PYTHONHASHSEED": "4321"}),
    "folder": Condition("a folder with blanks and Chinese characters", folder="书 of clusters 升级"),
    "home": Condition("a home that cannot be written to", dict.fromkeys(HOME, "/dev/null/home")),
    "python-3.11": Condition("Python 3.11", python="3.11"),
    "python-3.12": Condition("Python 3.12", python="3.12"),
    "python-3.13": Condition("Python 3.13", python="3.13"),
    "newest": Condition("newest versions that pyproject.toml allows", newest=True),
}


@dataclass(frozen=True)
class Outcome:
    """What a rerun under one condition gave."""

    cells: int
    differing: list[str]
    largest: float
    pixels: float
    tests: str

    @property
    def sound(self) -> bool:
        """Tell whether nothing differs and no test failed."""
        return self.cells > 0 and not self.differing and "failed" not in self.tests and "error" not in self.tests


def condition_of(names: str) -> Condition:
    """Return the condition of a name, or what the conditions of several names, joined by +, ask for together."""
    if unknown := [name for name in names.split("+") if name not in CONDITIONS]:
        raise SystemExit(f"expected conditions among {', '.join(CONDITIONS)}, got {unknown[0]!r}")
    parts = [CONDITIONS[name] for name in names.split("+")]
    variables = [pair for part in parts for pair in part.variables.items()]
    pythons = [part.python or "newest" for part in parts if part.python or part.newest]
    if len(dict(variables)) < len(variables) or len(pythons) > 1:
        raise SystemExit(f"{names} asks for two values of one thing; run these one by one")
    folder = next((part.folder for part in parts if part.folder != Condition.folder), Condition.folder)
    says = ", ".join(part.says for part in parts)
    return Condition(says, dict(variables), "".join(pythons).removesuffix("newest"), folder, "newest" in pythons)


def rerun(name: str, *, tests: bool = True) -> Outcome:
    """Rerun every chapter, and the tests of gumlib, under one condition, in a copy of the tracked files."""
    condition = condition_of(name)
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch) / condition.folder
        copy_tracked(place)
        python = _interpreter(condition, name)
        environment = {**os.environ, **condition.variables, "PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": ""}
        told = _run([python, "-m", "book.elsewhere", "--here"], place, environment, name)
        found = json.loads(told.splitlines()[-1])
        passed = _tests(python, place, environment, name) if tests else "not run"
    return Outcome(**found, tests=passed)


def copy_tracked(target: Path) -> None:
    """Copy what git tracks, as it stands in the working tree; all but what is built where there is no git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns("_build", ".venv*", "__pycache__", ".*_cache"))
        return
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).exists():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)


def _interpreter(condition: Condition, name: str) -> str:
    """Return the Python to rerun with: this one, or that of an environment made for the condition."""
    if not condition.python and not condition.newest:
        return sys.executable
    folder, uv = BUILD / "elsewhere" / name, str(Path(sys.executable).parent / "uv")
    asked = condition.python or "{}.{}".format(*sys.version_info[:2])
    make = [uv, "venv", "--quiet", "--clear", "--no-python-downloads", "--python", asked, str(folder)]
    if subprocess.run(make, env={**os.environ, "PYENV_VERSION": asked}, check=False).returncode:
        raise SystemExit(f"expected Python {asked} here for {name}, got none; install it or leave {name} out")
    wanted = ["--upgrade", ".[test]"] if condition.newest else ["--require-hashes", "-r", "requirements/test.txt"]
    python = str(folder / "bin" / "python")
    install = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", python, *wanted]
    subprocess.run(install, cwd=ROOT, check=True)
    return python


def _tests(python: str, place: Path, environment: Mapping[str, str], name: str) -> str:
    told = _run([python, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", *NUMERICAL], place, environment, name)
    closing = re.findall(r"(?:\d+ (?:passed|failed|skipped|errors?)(?:, )?)+", told)
    return closing[-1] if closing else "error: no test ran"


def _run(command: list[str], place: Path, environment: Mapping[str, str], name: str) -> str:
    """Follow a command and return what it wrote to stdout; what it wrote to stderr is shown where it said nothing."""
    ended = follow(command, place, name, environment)
    if not ended.output.strip():
        raise SystemExit(f"{' '.join(command[1:])} ended with {ended.code}:\n{ended.errors[-2000:]}")
    return ended.output


def here(*names: str) -> dict[str, object]:
    """Execute the chapters of this folder, all by default, and compare; runs in the copy, under the condition."""
    import nbformat

    from book import compare
    from book.execution import executable, executed, run_changed
    from book.notebooks import twin

    pages = [page for page in executable() if not names or page.stem in names]
    failed = run_changed(pages)
    differing, sizes, count = list(failed), {"": 0.0, " pixels": 0.0}, 0
    for page in pages:
        if not any(page.name in fault for fault in failed):
            stored, found = nbformat.read(twin(page), as_version=4), executed(page)
            count += sum(cell.cell_type == "code" for cell in stored.cells)
            beyond = compare.notebooks(stored, found)
            differing += [f"{page.stem}, cell {cell}, {one[0]}" for cell, one in beyond.items()]
            with compare.exactly():
                for one in (one for cell in compare.notebooks(stored, found).values() for one in cell):
                    sizes[one.unit] = max(sizes[one.unit], one.size or 0.0)
    return {"cells": count, "differing": differing, "largest": sizes[""], "pixels": sizes[" pixels"]}


def main(names: list[str]) -> int:
    """Rerun under the conditions named, all by default, and print the table."""
    wanted, sound = names or list(CONDITIONS), True
    for name in wanted:
        condition_of(name)  # a name that is wrong ends the run before it takes an hour
    wide = max(map(len, wanted))
    print(f"{'condition':{wide}}{'cells':>7}{'differ':>8}{'largest':>10}{'pixels':>9}  tests", flush=True)
    for name in wanted:
        outcome = rerun(name)
        sound &= outcome.sound
        numbers = f"{outcome.cells:7}{len(outcome.differing):8}{outcome.largest:10.2g}{outcome.pixels:9.2g}"
        print(f"{name:{wide}}{numbers}  {outcome.tests}", flush=True)
        print("".join(f"    {line}\n" for line in outcome.differing), end="")
    return 0 if sound else 1


if __name__ == "__main__":
    if "--here" in sys.argv:
        print(json.dumps(here(*sys.argv[2:])))
    elif "--list" in sys.argv:
        print("\n".join(f"{name:14}{condition.says}" for name, condition in CONDITIONS.items()))
    else:
        sys.exit(main(sys.argv[1:]))
