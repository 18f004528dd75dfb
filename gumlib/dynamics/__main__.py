"""Print the equilibria of the default parameters at four levels of governance: python -m gumlib.dynamics."""

import pandas as pd

from gumlib.dynamics import Parameters, equilibria, thresholds


def main() -> None:
    """Print least, unstable and greatest equilibrium, and the two thresholds of governance."""
    parameters = Parameters.uniform()
    rows = {g: equilibria(parameters, g)["L"] for g in (0.5, 0.6, 0.9, 1.0)}
    table = pd.DataFrame(rows).T.rename_axis("governance")[["least", "unstable", "greatest"]]
    print(table.round(4).to_string(na_rep="-"))
    edge = thresholds(parameters).iloc[0]
    print(f"a low cluster rises above {edge['rise']:.3f}, a high one falls below {edge['fall']:.3f}")


if __name__ == "__main__":
    main()
