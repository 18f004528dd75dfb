"""Commands on the mechanism as a dynamical system: ``gum model export``."""

from pathlib import Path

import click

from gumlib.cli.places import replacing
from gumlib.cli.speech import Group
from gumlib.errors import GumError

_FORMATS = {"xmile": (".xmile", ".stmx", ".xml"), "csv": (".csv",), "json": (".json",), "sympy": (".py",)}
"""Ends of file names that the programs which read a format expect."""
_LONGEST = 1000
"""Years that a run may take."""


@click.group(cls=Group)
def model() -> None:
    """Take the mechanism along into other programs."""


@model.command()
@click.option("--to", "form", type=click.Choice(list(_FORMATS), case_sensitive=False), required=True, help="Format.")
@click.option("--governance", type=float, default=1.0, show_default=True, help="Cluster governance, from 0 to 1.")
@click.option("--start", type=float, default=0.3, show_default=True, help="Level of every factor at the start.")
@click.option("--years", type=float, default=30.0, show_default=True, help="Length of a run.")
@click.option("--out", type=click.Path(path_type=Path), help="File to write; by default gum-mechanism in that format.")
@replacing
def export(form: str, governance: float, start: float, years: float, out: Path | None, replace: bool) -> None:
    """Write the mechanism, with equal factors, for PySD or Simlin (xmile), for sympy, or as a table (csv, json)."""
    from gumlib.data.writing import write_all
    from gumlib.dynamics import Parameters
    from gumlib.dynamics.export import FORMATS, quantities

    for name, value, most in (("governance", governance, 1), ("start", start, 1), ("years", years, _LONGEST)):
        _within(name, value, most)
    write, file, _ = FORMATS[form]
    target = out or Path(file)
    if target.suffix.casefold() not in _FORMATS[form]:
        said = f"expected a file that ends in {' or '.join(_FORMATS[form])}, got {target.name!r}"
        raise GumError(f"{said}; correct --out or --to", "model", "out")
    told = quantities(Parameters.uniform(), start, governance)
    write_all({target: write(told, years).encode()}, replace=replace)
    click.echo(str(target))


def _within(name: str, value: float, most: float) -> None:
    """Refuse a number that is none, or out of its range; a run takes some time."""
    if not 0 <= value <= most or (name == "years" and value == 0):
        least = "more than 0" if name == "years" else "0"
        raise GumError(f"expected a number from {least} to {most:g}, got {value:g}; correct --{name}", "model", name)
