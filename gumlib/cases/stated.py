"""What a page on one of the four clusters states of it, ready for the prose: numbers as they are printed, by key."""

from gumlib import evidence
from gumlib.cases.fitting import results
from gumlib.gvc import comparators
from gumlib.terms import EPOCHS, name

_SETTINGS = {"gov": "governance fixed", "policy": "policy absent", "shock": "shock absent"}


def coded(cluster: str) -> dict[str, str | int]:
    """Return which elements end highest and lowest, where the two passes differ, and what they leave blank.

    Returns
    -------
    Keys: top and bottom (elements), top_level and bottom_level, blank (cells without a level), split (cells in which
    the passes differ), step (the largest difference), single (cells of one pass only).
    """
    levels = evidence.levels().query("cluster == @cluster")
    ends = levels[levels["year"] == EPOCHS[-1]].set_index("variable")["level"]
    return {
        "top": ", ".join(name(code) for code in ends.index[ends == ends.max()]),
        "top_level": f"{ends.max():.1f}",
        "bottom": ", ".join(name(code) for code in ends.index[ends == ends.min()]),
        "bottom_level": f"{ends.min():.1f}",
        "blank": int(levels["level"].isna().sum()),
        "split": int((levels["spread"] > 0).sum()),
        "step": f"{levels['spread'].max():.1f}",
        "single": int((levels["passes"] == 1).sum()),
    }


def in_the_chain(cluster: str, year: int = 2011) -> dict[str, str]:
    """Return how much value added the national industry of a cluster keeps, in China and in the median elsewhere.

    Returns
    -------
    Keys: added and median (of output), rank and among (of countries, from the highest), kept and kept_median (of
    exports).
    """
    place = (comparators.INDUSTRY_OF[cluster], year)
    added, kept = (comparators.against(measure).loc[place] for measure in ("va_go", "dva_share"))
    return {
        "added": f"{added['china']:.0%}",
        "median": f"{added['median']:.0%}",
        "rank": f"{added['rank']:.0f}",
        "among": f"{added['among']:.0f}",
        "kept": f"{kept['china']:.0%}",
        "kept_median": f"{kept['median']:.0%}",
    }


def index_without(cluster: str) -> dict[str, str]:
    """Return by how much the index of the last coded year differs without the rise of governance, policy or pressure.

    Returns
    -------
    Keys: gov, policy and shock, and the 90 % interval of each under the same key and ``_range``.
    """
    table = results.read_fit("counterfactuals").query("case == @cluster and year == @EPOCHS[-1]").set_index("setting")
    found: dict[str, str] = {}
    for key, setting in _SETTINGS.items():
        gap, low, high = table.loc[setting, ["gap", "gap_low", "gap_high"]]
        found |= {key: f"{gap:+.2f}", f"{key}_range": f"{low:+.2f} to {high:+.2f}"}
    return found
