"""Verdicts on what native and embedded clusters share, and on what sets types and stages apart: C13, C15."""

from collections.abc import Callable

from gumlib.cases.compare import stages
from gumlib.cases.fitting import results
from gumlib.claims.cases import shared
from gumlib.claims.ensemble import SEED
from gumlib.claims.verdict import LEVEL, Verdict
from gumlib.dynamics import settling
from gumlib.evidence.wording import how_many


def types_share_a_mechanism() -> Verdict:
    """C13. Not testable here as long as fewer than two clusters of each type are coded.

    With two of each: one fit for all, a cluster left out. Partly if it is closer than the mean of the other clusters
    and than their linear trend in all; not supported if both are closer than it in all; not distinguishable otherwise.
    No cause of the model is named, so no variant counts. Where a native and an embedded start of one parameter set end
    is an illustration.
    """
    return shared(min(_counts().values()) >= 2, _coded(), results.read_fit("left-out"))


def differences_mirror_type_and_stage() -> Verdict:
    """C15. Partly if clusters of one stage have profiles more alike than others, and than those of one year.

    More alike than others: p below 0.05. Not supported if they are less alike, with 1 - p below 0.05; not
    distinguishable otherwise, chance included. Never more: the half on types is not testable here as long as fewer
    than two clusters of each type are coded.
    """
    table = stages.likeness(seed=SEED)
    stage, year = table.loc["stage"], table.loc["year"]
    finding = (
        f"profiles of one stage differ by {stage['alike']:.3f}, others by {stage['others']:.3f} (p {stage['p']:.3f}); "
        f"the half on types is not tested: {_coded()}"
    )
    if stage["p"] > 1 - LEVEL:
        return Verdict("not supported", finding)
    alike = stage["p"] < LEVEL and stage["gap"] > year["gap"]
    return Verdict("partly" if alike else "not distinguishable", finding)


def _counts() -> dict[str, int]:
    """Return how many clusters of each type are coded."""
    kinds = stages.types().value_counts()
    return {kind: int(kinds.get(kind, 0)) for kind in settling.STARTS}


def _coded() -> str:
    return ", ".join(how_many(count, f"{kind} cluster") for kind, count in _counts().items()) + " coded"


TESTS: dict[str, Callable[[], Verdict]] = {"C13": types_share_a_mechanism, "C15": differences_mirror_type_and_stage}
