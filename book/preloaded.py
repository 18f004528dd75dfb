"""What the fork server imports before it forks: all that most chapters need and that keeps no state of theirs."""
# ruff: noqa: F401

import fontTools.subset
import matplotlib.backends.backend_agg
import matplotlib.backends.backend_pdf
import matplotlib.backends.backend_svg
import pandas
import seaborn.objects

import gumlib.cases
import gumlib.claims
import gumlib.figures.card

# pandas decides at import how wide it prints: so wide in a kernel, narrower outside of one, as here.
pandas.set_option("display.max_columns", 20)
