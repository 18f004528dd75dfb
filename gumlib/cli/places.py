"""Where commands write: what is there already is replaced only where the reader says so."""

import click

replacing = click.option("--replace", is_flag=True, help="Replace files that are there and differ.")
