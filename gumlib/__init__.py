"""The GUM model of cluster upgrading in global value chains.

Library: `data`, `model`, `evidence`, `gvc`, `dynamics`, `cases`, `policy`, `survey`, and `own` for what readers bring.
Analysis of the book: `dynamics.experiments`, `claims`, `figures`, `policy.desk`.
Loose: `terms` holds the words, `errors` the one exception. Commands: `cli`.
Rooms import downwards only: cli, own, figures, claims, policy and survey, cases, then evidence, gvc and dynamics,
then data and model, then terms and errors.
Import the room you need. Nothing is imported here, so that ``import gumlib`` is free.
"""

__version__ = "0.2.0"
