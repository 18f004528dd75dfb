"""Ranking the factors of a map of influences: DEMATEL and interpretive structural modelling.

Both are run on the bare GUM graph unless told otherwise, and find nothing there to rank.
"""

import networkx as nx
import numpy as np
import pandas as pd

from gumlib.errors import GumError
from gumlib.model.graph import factors, influence_matrix


def dematel(matrix: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return prominence and net cause of each factor by DEMATEL.

    With N the influence matrix over its largest row or column sum, total influence is
    T = N (I - N)^-1; prominence is row sum plus column sum, net cause row sum less column sum.

    Parameters
    ----------
    matrix : square frame of non-negative influences, rows act on columns; the 28 by default

    Raises
    ------
    GumError : labels of rows and columns differ, an entry is negative, or all are zero

    Source: gabus1972.
    """
    influence = influence_matrix() if matrix is None else matrix
    if list(influence.index) != list(influence.columns):
        raise GumError("expected the same labels in rows and columns; reindex the matrix", "model", "matrix")
    values = influence.to_numpy(dtype=float)
    scale = max(values.sum(axis=0).max(), values.sum(axis=1).max())
    if (values < 0).any() or scale == 0:
        raise GumError("expected non-negative influences, not all zero; check the entries", "model", "matrix")
    direct = values / scale
    total = direct @ np.linalg.inv(np.eye(len(values)) - direct)
    given, received = total.sum(axis=1), total.sum(axis=0)
    return pd.DataFrame({"prominence": given + received, "net_cause": given - received}, index=influence.index)


def hierarchy(graph: nx.DiGraph | None = None) -> list[list[str]]:
    """Return the levels of interpretive structural modelling, top level first.

    A factor is on the top level when everything it reaches also reaches it; the level is then
    peeled off and the rest treated alike.

    Source: warfield1974.

    Examples
    --------
    >>> hierarchy()
    [['L', 'I', 'E', 'S', 'P', 'D']]
    >>> hierarchy(nx.DiGraph([("policy", "learning"), ("learning", "upgrading")]))
    [['upgrading'], ['learning'], ['policy']]
    """
    left = factors() if graph is None else graph.copy()
    result = []
    while left.number_of_nodes():
        top = [node for node in left if nx.descendants(left, node) <= nx.ancestors(left, node)]
        result.append(top)
        left.remove_nodes_from(top)
    return result
