"""A fingerprint changes with code and inputs that matter, and with nothing else: planted packages show both."""

from __future__ import annotations

from pathlib import Path

import pytest

from book import makers
from gumlib.errors import GumError

FILES = {
    "toy/__init__.py": "",
    "toy/data/__init__.py": "from toy.data.package import read\n",
    "toy/data/package.py": "def read(name):\n    return name\n",
    "toy/top.py": "from toy import middle\nfrom toy.data import read\n\n"
    "def make(count=3):\n    return middle.scaled(count) + len(read('hosts'))\n\n"
    "def other():\n    return 7\n",
    "toy/middle.py": "from toy.low.deep import FACTOR, grown as more\n\n"
    "def scaled(count):\n    if count < 0:\n        raise ValueError('no less than nought')\n"
    "    return FACTOR * more(count)\n",
    "toy/low/__init__.py": "",
    "toy/low/deep.py": "import math\n\nFACTOR = 2\nIDLE = 5\n\n"
    "def grown(x):\n    return math.floor(x) + 1\n\ndef idle(x):\n    return x - IDLE\n",
}


def plant(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "toy"


@pytest.fixture
def seen(tmp_path):
    """Return a function that gives the fingerprint of the planted package after some texts have been replaced."""
    count = iter(range(100))

    def fingerprint(changes=(), moved=(), function="toy.top.make"):
        files = dict(FILES)
        for file, old, new in changes:
            assert old in files[file]
            files[file] = files[file].replace(old, new)
        for old, new in moved:
            files[new] = files.pop(old)
        return makers.fingerprint(function, plant(tmp_path / str(next(count)), files))

    return fingerprint


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("toy/low/deep.py", "FACTOR = 2", "FACTOR = 3"),
        ("toy/low/deep.py", "+ 1", "- 1"),
        ("toy/low/deep.py", "import math", "import cmath as math"),
        ("toy/middle.py", "count < 0", "count <= 0"),
        ("toy/middle.py", "grown as more", "idle as more"),
        ("toy/top.py", "count=3", "count=4"),
        ("toy/low/deep.py", "IDLE = 5", "IDLE = 5\nfor _ in 'ab':\n    FACTOR += 1"),
    ],
)
def test_code_that_is_reached_counts(seen, file, old, new):
    assert seen([(file, old, new)]) != seen()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("toy/low/deep.py", "def grown(x):\n", "def grown(x: float) -> float:  # one more\n    '''Grow.'''\n\n"),
        ("toy/low/deep.py", "import math", "'''What is below.'''\n\nimport math"),
        ("toy/low/deep.py", "x - IDLE", "x + IDLE"),
        ("toy/low/deep.py", "IDLE = 5", "IDLE = 6"),
        ("toy/middle.py", "'no less than nought'", "'expected nought or more'"),
        ("toy/middle.py", "grown as more\n", "grown as rise\n"),
        ("toy/top.py", "return 7", "return 8"),
    ],
)
def test_comments_docstrings_hints_messages_and_code_beside_it_do_not_count(seen, file, old, new):
    also = [("toy/middle.py", "more(count)", "rise(count)")] if "as rise" in new else []
    assert seen([(file, old, new), *also]) == seen()


def test_the_version_does_not_count_even_where_the_package_is_named(seen):
    named = ("toy/top.py", "read('hosts')", "read('hosts') + 'toy'")
    first, second = (seen([named, ("toy/__init__.py", "", f"__version__ = '{number}'\n")]) for number in (1, 2))
    assert first == second


def test_a_module_may_move_and_be_renamed(seen):
    moved = [("toy/low/deep.py", "toy/ground.py"), ("toy/middle.py", "toy/rooms/between.py")]
    changes = [
        ("toy/middle.py", "toy.low.deep", "toy.ground"),
        ("toy/top.py", "from toy import middle", "from toy.rooms import between"),
        ("toy/top.py", "middle.scaled", "between.scaled"),
    ]
    assert seen(changes, moved) == seen()


def test_a_function_may_move_to_another_module(seen):
    grown = "def grown(x):\n    return math.floor(x) + 1\n\n"
    taken = "from toy.low.deep import FACTOR"
    changes = [
        ("toy/low/deep.py", grown, ""),
        ("toy/middle.py", f"{taken}, grown as more", f"import math\n{taken}"),
        ("toy/middle.py", "def scaled", grown + "def scaled"),
        ("toy/middle.py", "more(count)", "grown(count)"),
    ]
    assert seen(changes) == seen()


def test_a_definition_may_be_renamed(seen):
    function = [("toy/low/deep.py", "def grown", "def _grown"), ("toy/middle.py", "grown as more", "_grown as more")]
    constant = [("toy/low/deep.py", "FACTOR = 2", "_TIMES = 2"), ("toy/middle.py", "import FACTOR", "import _TIMES")]
    assert seen([*function, *constant, ("toy/middle.py", "return FACTOR", "return _TIMES")]) == seen()


def test_two_definitions_alike_but_for_what_they_lead_to_are_told_apart(seen):
    pair = "".join(
        f"def {name}():\n    return {inner}()\n\ndef {inner}():\n    return {value}\n\n"
        for name, inner, value in (("once", "one", 1), ("twice", "two", 2))
    )
    given = ("toy/middle.py", "def scaled", pair + "def scaled")
    there, back = (
        ("toy/middle.py", "* more", f"* {power} * more") for power in ("once() ** twice()", "twice() ** once()")
    )
    assert seen([given, there]) != seen([given, back])


@pytest.mark.parametrize("blind", ["getattr(deep, 'gr' + 'own')", "deep.unseen", "vars()", "load('toy.low.deep')"])
def test_what_cannot_be_followed_counts_whole(seen, blind):
    change = ("toy/low/deep.py", "return math.floor(x) + 1", f"return {blind}")
    if blind != "vars()":
        body = f"from toy.low import deep\ndef scaled(count):\n    return {blind}\n    "
        change = ("toy/middle.py", "def scaled(count):\n    ", body)
    assert seen([change]) != seen([change, ("toy/low/deep.py", "x - IDLE", "x + IDLE")])


def test_a_local_name_leads_nowhere_but_a_default_does(seen):
    hiding = ("toy/middle.py", "def scaled(count):\n", "def scaled(count, more=abs):\n")
    assert seen([hiding]) == seen([hiding, ("toy/low/deep.py", "+ 1", "+ 2")])
    default = ("toy/middle.py", "def scaled(count):\n", "def scaled(count, more=more):\n")
    assert seen([default]) != seen([default, ("toy/low/deep.py", "+ 1", "+ 2")])


def test_inputs_are_found_and_must_be_named(tmp_path):
    assert makers.inputs("toy.top.make", plant(tmp_path / "a", FILES)) == ["hosts"]
    top = FILES["toy/top.py"]
    handed = FILES | {"toy/top.py": top.replace("read('hosts')", "list(map(read, ('hosts', 'ledger')))")}
    assert makers.inputs("toy.top.make", plant(tmp_path / "b", handed)) == ["hosts", "ledger"]
    unnamed = FILES | {"toy/top.py": top.replace("read('hosts')", "read(count)")}
    with pytest.raises(GumError, match=r"toy\.top\.make; write the name out"):
        makers.inputs("toy.top.make", plant(tmp_path / "c", unnamed))


def test_what_is_no_function_is_refused(seen):
    with pytest.raises(GumError, match="expected a function"):
        seen(function="toy.top.mak")
