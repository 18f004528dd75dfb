"""Time and memory of the accounts on full input-output tables, beside their peers in the same run.

    python -m benchmarks.gvc

Work: tables of 1435 rows, `gum data fetch wiod`, and an invented one as large as the largest in use, 77 regions x 45
industries. The peers are `scipy.linalg.inv` of one matrix I - A, and
pymrio's Leontief inverse and multipliers on the same table. R is run where there is one; elsewhere the
seconds of decompr's `wwz` are those measured on another machine.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import scipy.linalg

from benchmarks.dynamics import seconds
from gumlib import gvc
from gumlib.gvc import accounts, codes

YEAR = 2005
WWZ = (3.3, 4.3)
"""Seconds of decompr's `wwz` on one year: least and most, on another machine."""
LARGE = (77, 45)
"""Regions and industries of the large table, as many as those of the OECD of 2023."""
_MEMORY = """
from pathlib import Path
from gumlib import gvc
{made}
def status(name):
    return Path("/proc/self/status").read_text(encoding="utf-8").split(name + ":")[1].split()[0]
held = status("VmRSS")
gvc.wide_indicators({table})
print(held, status("VmHWM"))
"""
_SCRIPT = """
suppressMessages(library(decompr)); load(commandArgs(TRUE)[1]); w <- get(ls(pattern = "^wiot"))
x <- load_tables_vectors(x = w$inter, y = w$final, k = w$countries, i = w$industries, o = w$output)
cat(system.time(wwz(x))[["elapsed"]])
"""


def fresh(table: gvc.IOTable) -> gvc.IOTable:
    """Return the table with nothing computed yet."""
    return gvc.IOTable(table.intermediates, table.final, table.regions, table.industries, table.categories)


def multipliers(table: gvc.IOTable) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the Leontief inverse and the value added of each region in a unit of final use, by gumlib."""
    return gvc.leontief(table), gvc.value_added_multipliers(table)


def framed(table: gvc.IOTable) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return a table in pymrio's form: flows, final uses, value added by the region that earns it."""
    uses = pd.MultiIndex.from_product([table.regions, table.categories], names=["region", "category"])
    flows = pd.DataFrame(table.intermediates, table.index, table.index)
    earned = np.zeros((len(table.regions), len(table.index)))
    for row, columns in enumerate(accounts.blocks(table)):
        earned[row, columns] = table.value_added[columns]
    final = pd.DataFrame(table.final.reshape(len(table.index), -1), table.index, uses)
    return flows, final, pd.DataFrame(earned, columns=table.index)


def pymrio_multipliers(
    flows: pd.DataFrame, final: pd.DataFrame, earned: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what `multipliers` returns, by pymrio's own way from a table to it."""
    import pymrio

    system = pymrio.IOSystem(Z=flows, Y=final).calc_system()
    return system.L, pymrio.calc_M(pymrio.calc_S(earned, system.x), system.L)


def in_turn(*works: Callable[[], object], repeats: int = 9) -> list[float]:
    """Return the shortest time of each work, all done in turn so that a busy moment hits all alike."""
    rounds = [[seconds(work, repeats=1) for work in works] for _ in range(repeats)]
    return [min(times) for times in zip(*rounds, strict=True)]


def all_years() -> None:
    """Load every table and compute every measure."""
    for year in codes.TABLE_YEARS:
        gvc.wide_indicators(gvc.wiod(year))


def large() -> gvc.IOTable:
    """Return an invented table of `LARGE`."""
    rng, rows = np.random.default_rng(0), LARGE[0] * LARGE[1]
    names = [f"r{number}" for number in range(LARGE[0])], [f"i{number}" for number in range(LARGE[1])]
    final = rows / LARGE[0] * rng.random((rows, LARGE[0]))
    return gvc.IOTable.from_arrays(rng.random((rows, rows)), final, *names)


def memory(table: str, made: str = "") -> tuple[float, float]:
    """Return the peak memory of all measures of a table, above what the imports hold, and in all; bytes."""
    command = [sys.executable, "-c", _MEMORY.format(table=table, made=made)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    held, top = (1024.0 * int(number) for number in done.stdout.split())
    return top - held, top


def wwz_seconds() -> tuple[float, float, str]:
    """Return the seconds of decompr's `wwz`, least and most, and where they were measured."""
    from gumlib.gvc.raw import locate

    script = shutil.which("Rscript")
    if script is None:
        return *WWZ, "measured elsewhere: no Rscript here"
    done = subprocess.run([script, "-e", _SCRIPT, str(locate(YEAR))], capture_output=True, text=True, check=False)
    if done.returncode:
        return *WWZ, "measured elsewhere: decompr does not run here"
    return float(done.stdout), float(done.stdout), "measured here"


def main() -> None:
    """Print the ratios."""
    table = gvc.wiod(YEAR)
    system = np.eye(len(table.index)) - accounts.coefficients(table)
    frames = framed(table)
    one_inverse, everything, ours, theirs = in_turn(
        lambda: scipy.linalg.inv(system),
        lambda: gvc.wide_indicators(fresh(table)),
        lambda: multipliers(fresh(table)),
        lambda: pymrio_multipliers(*frames),
    )
    years = seconds(all_years, repeats=1)
    least, most, where = wwz_seconds()
    print(f"scipy.linalg.inv of one matrix {one_inverse:6.2f} s; all measures and nine terms {everything:6.2f} s")
    print(f"all measures to one inverse    {everything / one_inverse:6.2f}   (to reach: 5 or less)")
    print(f"multipliers {ours:6.2f} s, by pymrio {theirs:6.2f} s")
    print(f"multipliers to pymrio's        {ours / theirs:6.2f}   (to reach: 0.5 or less)")
    print(f"17 years, load included        {years:6.2f} s; decompr's wwz on one year {least} to {most} s, {where}")
    print(f"17 years to one of wwz         {years / most:6.2f} to {years / least:.2f}   (to reach: less than 5)")
    above, total = memory(f"gvc.wiod({YEAR})")
    size = table.intermediates.nbytes + table.final.nbytes
    print(f"table in float64 {size / 1e6:.1f} MB; peak of one year, above imports {above / 1e6:.0f} MB")
    print(
        f"peak to table                  {above / size:6.2f}   (to reach: 12 or less; with imports {total / size:.1f})"
    )
    of_large()


def of_large() -> None:
    """Print the ratios of the large table."""
    table = large()
    system = np.eye(len(table.index)) - accounts.coefficients(table)
    frames = framed(table)
    one_inverse, everything, theirs = in_turn(
        lambda: scipy.linalg.inv(system),
        lambda: gvc.wide_indicators(fresh(table)),
        lambda: pymrio_multipliers(*frames),
        repeats=3,
    )
    print(f"{len(table.index)} rows: scipy.linalg.inv {one_inverse:6.2f} s; all measures {everything:6.2f} s")
    print(f"pymrio's Leontief and multipliers {theirs:6.2f} s")
    print(f"all measures to one inverse    {everything / one_inverse:6.2f}   (to reach: 1.5 or less)")
    size = table.intermediates.nbytes + table.final.nbytes
    above, _ = memory("large()", "from benchmarks.gvc import large")
    print(f"peak to table                  {above / size:6.2f}   (to reach: 8 or less; {above / 1e6:.0f} MB)")


if __name__ == "__main__":
    main()
