"""Verdicts on what native and embedded clusters share, and on what sets types and stages apart: C13, C15."""

from collections.abc import Callable

from gumlib.cases.compare import stages
from gumlib.cases.fitting import results
from gumlib.claims.cases import shared
from gumlib.claims.ensemble import SEED
from gumlib.claims.verdict import LEVEL, Verdict
from gumlib.dynamics import settling


def types_share_a_mechanism() -> Verdict:
    """C13. Not testable here as long as fewer than two clusters of each type are coded.

    With two of each: one fit for all, a cluster left out. Partly if it is closer than the mean of the other clusters
    and than their linear trend in all; not supported if both are closer than it in all; not distinguishable otherwise.
    No cause of the model is named, so no variant counts. Where a native and an embedded start of one parameter set end
    is an illustration.
    """
    kinds = stages.types().value_counts()
    coded = {kind: int(kinds.get(kind, 0)) for kind in settling.STARTS}
    finding = ", ".join(f"{count} {kind}" for kind, count in coded.items()) + " clusters coded"
    return shared(min(coded.values()) >= 2, finding, results.read("left-out"))


def differences_mirror_type_and_stage() -> Verdict:
    """C15. Partly if clusters of one stage have profiles more alike than others, and than those of one year.

    More alike than others: p below 0.05. Not supported if they are less alike, with 1 - p below 0.05; not
    distinguishable otherwise, chance included. Never more: the half on types is not testable here as long as fewer
    than two clusters of each type are coded.
    """
    kinds = stages.types().value_counts()
    table = stages.likeness(seed=SEED)
    stage, year = table.loc["stage"], table.loc["year"]
    finding = (
        f"profiles of one stage differ by {stage['alike']:.3f}, others by {stage['others']:.3f} (p {stage['p']:.3f}); "
        f"the half on types is not tested: {kinds.get('native', 0)} native, {kinds.get('embedded', 0)} embedded coded"
    )
    if stage["p"] > 1 - LEVEL:
        return Verdict("not supported", finding)
    alike = stage["p"] < LEVEL and stage["gap"] > year["gap"]
    return Verdict("partly" if alike else "not distinguishable", finding)


TESTS: dict[str, Callable[[], Verdict]] = {"C13": types_share_a_mechanism, "C15": differences_mirror_type_and_stage}
