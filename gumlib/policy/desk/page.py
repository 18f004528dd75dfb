"""What the page of the policy desk is given: every number and name its script works with."""

from __future__ import annotations

import json
from typing import Any

from gumlib import __version__, evidence
from gumlib.dynamics import Parameters, settling, simulation
from gumlib.dynamics.equilibrium import GAP, HIGH
from gumlib.dynamics.experiments import push
from gumlib.policy import instruments
from gumlib.policy.desk import outcome
from gumlib.policy.desk.settings import AIMED, AIMS, PUSHES, SLIDERS, address, first
from gumlib.terms import BASIC, CLUSTERS, FACTORS, TERMS, WAYS, short


def facts() -> dict[str, Any]:
    """Return what the script reads: structure, steps, bounds, draws, names."""
    return {
        "version": __version__,
        "factors": list(FACTORS),
        "basic": len(BASIC),
        "ways": list(WAYS),
        "names": {code: short(code) for code in (*FACTORS, *WAYS)},
        "aims": AIMS,
        "aimed": list(AIMED),
        "pushes": list(PUSHES),
        "shares": Parameters.uniform(total=1.0).weights.tolist(),
        "first": address(first()),
        "every": outcome.EVERY,
        "step": simulation.STEP,
        "long": outcome.STEP,
        "settle": settling.SETTLE,
        "gap": GAP,
        "high": HIGH,
        "length": push.LENGTH,
        "most": outcome.MOST,
        "draws": json.loads(outcome.draws().to_json()),
    }


def starts() -> dict[str, dict[str, float]]:
    """Return starting levels to take over: what we coded for a cluster and year, where all levels are known.

    Returns
    -------
    For each title the levels of the factors and of governance, G.
    """
    table = evidence.levels().pivot(index=["cluster", "year"], columns="variable", values="level")
    known = table[[*FACTORS, "G"]].dropna()
    return {
        f"{CLUSTERS[cluster].name} {year}": {code: round(float(row[code]), 3) for code in known}
        for (cluster, year), row in known.iterrows()
    }


def tools() -> dict[str, tuple[str, float, float, float]]:
    """Return instruments to take over as a push: factor, size less leakage, onset, duration.

    Only instruments that add to the growth of a factor; one that lasts is given the length of the slider.
    """
    table = instruments().query("kind == 'input'")
    longest = SLIDERS["a"][-1].high
    return {
        f"{row['title']} ({row['level']}, {TERMS[row['acts_on']].name})": (
            str(row["acts_on"]),
            round(float(row["size"] * (1 - row["leakage"])), 3),
            float(row["onset"]),
            float(row["duration"]) if row["duration"] == row["duration"] else longest,
        )
        for _, row in table.iterrows()
    }
