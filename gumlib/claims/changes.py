"""What became of verdicts when their rules were changed: each change with its date and the verdict that it led to."""

import pandas as pd

from gumlib import data
from gumlib.claims.register import claims
from gumlib.evidence.wording import dated


def changes() -> pd.DataFrame:
    """Return every change of a rule, the latest of each claim with the verdict that is stored now.

    Returns
    -------
    Frame indexed by claim id, by date: date (as a reader writes it), was, now, notes, ceiling, why. The notes stand
    with the verdict that holds today; the ceiling is that of today.
    """
    table = data.read("changed-verdicts").sort_values(["date", "claim_id"], kind="stable")
    stored = claims()
    later = table.groupby("claim_id")["was"].shift(-1)
    found = table.assign(
        date=pd.to_datetime(table["date"]).map(dated), now=later.fillna(table["claim_id"].map(stored["verdict"]))
    )
    joined = found.assign(holds=later.isna()).set_index("claim_id").join(stored[["notes", "ceiling"]])
    joined["notes"] = joined["notes"].where(joined["holds"])
    return joined[["date", "was", "now", "notes", "ceiling", "why"]].rename_axis("claim id")
