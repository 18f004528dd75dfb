"""How far an industry stands from final users, and from primary inputs."""

import pandas as pd

from gumlib.gvc.flows import share
from gumlib.gvc.table import IOTable


def upstreamness(table: IOTable) -> pd.Series:
    """Average number of sales until output reaches a final user, at least 1: (B x)_i / x_i.

    Final use includes inventories as the table has them; [antras2018] corrects for them.
    Missing where nothing is made.

    Source: [antras2012] equation 2; [antras2013]

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> upstreamness(toy()).round(4).tolist()
    [2.9167, 2.875, 2.1667]
    """
    return share(table, "upstreamness")


def downstreamness(table: IOTable) -> pd.Series:
    """Average number of purchases since value was added, at least 1: column sums of B.

    Missing where nothing is made.

    Source: [antras2018] equation 5; the total backward linkage of input-output analysis
    """
    return share(table, "downstreamness")
