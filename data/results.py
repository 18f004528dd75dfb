"""Compute anew the results in data/ that are stale: whose code or whose inputs have changed. Then register them.

    python data/results.py            what is stale; minutes to half an hour
    python data/results.py --all      everything
    python data/results.py NAME ...   these, stale or not, such as policy-effects

The measures of the chain need the full input-output tables: `gum data fetch wiod`. The fits need the extra `fit`.
"""

import sys
import time

from book import results
from book.following import ticking
from gumlib import data
from gumlib.errors import GumError


def renew(name: str) -> str:
    """Compute one table and store it if it differs; return what came of it."""
    content = results.written(name, results.RESULTS[name].make())
    file = data.folder() / data.registry().loc[name, "path"]
    told = "the same bytes"
    if content != file.read_bytes():
        told = "the same but for last digits: kept" if results.agrees(name, content) else "new"
    if told == "new":
        file.write_bytes(content)
    results.register(makers={name: results.maker(name)})
    return told


def main(arguments: list[str]) -> int:
    """Renew what is asked for, one line a table; return 1 if one could not be made."""
    named = [argument for argument in arguments if argument != "--all"]
    asked = [name for name in results.RESULTS if name in named or not named]
    if unknown := set(named) - set(asked):
        sys.exit(f"expected names among {', '.join(results.RESULTS)}, got {min(unknown)}")
    began, failed = time.perf_counter(), 0
    for name in asked:
        why = results.stale([name]).get(name) or ("asked for" if arguments else "")
        if why:
            print(f"{name}: {why} ...", end=" ", flush=True)
            try:
                with ticking():
                    told = renew(name)
            except GumError as fault:
                told, failed = str(fault), 1
            print(f"{told} ({time.perf_counter() - began:.0f} s)", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
