"""What became of verdicts when their rules were changed: each change with its date and the verdict that it led to."""

import pandas as pd

from gumlib import data
from gumlib.claims.register import claims
from gumlib.evidence.wording import dated


def changes() -> pd.DataFrame:
    """Return every change of a rule, the latest of each claim with the verdict that is stored now.

    Returns
    -------
    Frame indexed by claim id, by date: date (as a reader writes it), was, now, notes, ceiling, why. Notes and ceiling
    are those that the claim has today.
    """
    table = data.read("changed-verdicts").sort_values(["date", "claim_id"], kind="stable")
    stored = claims()
    later = table.groupby("claim_id")["was"].shift(-1)
    found = table.assign(
        date=pd.to_datetime(table["date"]).map(dated), now=later.fillna(table["claim_id"].map(stored["verdict"]))
    )
    joined = found.set_index("claim_id").join(stored[["notes", "ceiling"]])
    return joined[["date", "was", "now", "notes", "ceiling", "why"]].rename_axis("claim id")
