"""Commands on the mechanism as a dynamical system: ``gum model export``."""

from pathlib import Path

import click

from gumlib.cli.places import replacing
from gumlib.cli.speech import Group

_FORMATS = ("xmile", "csv", "json", "sympy")


@click.group(cls=Group)
def model() -> None:
    """Take the mechanism along into other programs."""


@model.command()
@click.option("--to", "form", type=click.Choice(_FORMATS), required=True, help="Format.")
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

    write, file, _ = FORMATS[form]
    target = out or Path(file)
    told = quantities(Parameters.uniform(), start, governance)
    write_all({target: write(told, years).encode()}, replace=replace)
    click.echo(str(target))
