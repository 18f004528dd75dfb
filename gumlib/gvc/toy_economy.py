"""Three regions, one industry each, with every measure solvable on paper."""

from gumlib.gvc.table import IOTable


def toy() -> IOTable:
    """Return an invented economy: Design sells to Parts, Parts to Assembly, Assembly to Design.

    The Leontief inverse has finite decimals: 1.25 0.625 0.5; 0.625 1.5625 1.25; 0.625 0.3125 1.25.

    Examples
    --------
    >>> toy().output.tolist(), toy().value_added.tolist()
    ([60.0, 100.0, 75.0], [30.0, 40.0, 15.0])
    """
    inputs = [[0, 40, 0], [0, 20, 60], [30, 0, 0]]
    uses = [[8, 8, 4], [6, 10, 4], [25, 10, 10]]
    return IOTable.from_arrays(inputs, uses, ("Design", "Parts", "Assembly"), ("goods",))
