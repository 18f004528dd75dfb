"""What the fork server imports before it forks: all that most chapters need and that keeps no state of theirs."""

import pandas

import gumlib.cases
import gumlib.figures.card  # noqa: F401

# pandas decides at import how wide it prints: so wide in a kernel, narrower outside of one, as here.
pandas.set_option("display.max_columns", 20)
