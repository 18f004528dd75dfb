"""What takes minutes shows that it is alive."""

from __future__ import annotations

import re
import sys
import time

import pytest

from book.following import follow, ticking


def test_lines_are_shown_before_the_command_has_ended_and_all_is_kept(tmp_path, capfd):
    code = "import sys, time; print('one', flush=True); print(time.time()); print('why', file=sys.stderr); sys.exit(3)"
    ended = follow([sys.executable, "-c", code], tmp_path, "job")
    assert (ended.code, ended.errors) == (3, "why\n")
    assert re.fullmatch(r"one\n[\d.]+\n", ended.output)
    assert capfd.readouterr().err.startswith("job: one\njob: ")


def test_a_long_computation_counts_seconds_and_stops_with_it_even_if_it_fails(capsys):
    def fails() -> None:
        with ticking(0.02):
            time.sleep(0.1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert capsys.readouterr().out.startswith("0 s ")
    time.sleep(0.05)
    assert capsys.readouterr().out == ""
