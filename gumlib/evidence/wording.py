"""How names, counts and shares are said: as a person would, at none, one, both and all too."""

from collections.abc import Iterable, Mapping
from datetime import date

from gumlib.errors import GumError


def listed(names: Iterable[str]) -> str:
    """Return names as a sentence holds them.

    Examples
    --------
    >>> listed("ABC"), listed("A")
    ('A, B and C', 'A')
    """
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def how_many(count: int, noun: str, plural: str = "") -> str:
    """Return a count with what is counted; `plural` where it is not the noun with an s.

    Examples
    --------
    >>> how_many(0, "such pair"), how_many(1, "such pair"), how_many(10, "industry", "industries")
    ('no such pair', 'one such pair', '10 industries')
    """
    if count > 1:
        return f"{count} {plural or noun + 's'}"
    return f"{'one' if count else 'no'} {noun}"


def of_all(count: int, total: int, noun: str, plural: str = "") -> str:
    """Return how many of all; `plural` where it is not the noun with an s.

    Raises
    ------
    GumError : nothing to count, or more than all

    Examples
    --------
    >>> of_all(0, 4, "cluster"), of_all(1, 4, "cluster"), of_all(3, 4, "cluster"), of_all(4, 4, "cluster")
    ('none of the 4 clusters', 'one of the 4 clusters', '3 of the 4 clusters', 'all 4 clusters')
    >>> of_all(0, 2, "sign"), of_all(2, 2, "sign"), of_all(0, 1, "sign"), of_all(1, 1, "sign")
    ('neither of the two signs', 'both signs', 'no sign', 'the only sign')
    """
    if not 0 <= count <= total or not total:
        raise GumError(f"expected a count from 0 to a total of at least 1; got {count} of {total}", "wording", "count")
    many = plural or noun + "s"
    if total == 1:
        return f"the only {noun}" if count else f"no {noun}"
    if count == total:
        return f"both {many}" if total == 2 else f"all {total} {many}"
    some = {0: "neither" if total == 2 else "none", 1: "one"}.get(count, str(count))
    return f"{some} of the {'two' if total == 2 else total} {many}"


def by_kind(counts: Mapping[str, int]) -> str:
    """Return counts by what they count; a kind without any is left out.

    Examples
    --------
    >>> by_kind({"up": 1, "level": 0, "down": 6}), by_kind({"up": 0, "down": 0})
    ('one up and 6 down', 'none')
    """
    some = [f"{'one' if count == 1 else count} {kind}" for kind, count in counts.items() if count]
    return listed(some) if some else "none"


def dated(day: date, *, whole: bool = True) -> str:
    """Return a date as a sentence holds it; without its day if not `whole`.

    Examples
    --------
    >>> dated(date(2006, 9, 15)), dated(date(2008, 8, 1), whole=False)
    ('15 September 2006', 'August 2008')
    """
    return f"{day.day} {day:%B %Y}" if whole else f"{day:%B %Y}"


def percent(share: float) -> str:
    """Return a share in per cent, with a decimal where it is near nought or one.

    Examples
    --------
    >>> percent(0.494), percent(0.0123), percent(0.0001), percent(1.0)
    ('49%', '1.2%', '0%', '100%')
    """
    near = 0.0005 <= share < 0.1 or 0.9 < share < 0.9995
    return f"{share:.1%}" if near else f"{share:.0%}"


def share_of(share: float, whole: str) -> str:
    """Return a share of a whole, such as ``"the draws"``.

    Raises
    ------
    GumError : no share

    Examples
    --------
    >>> share_of(0, "the draws"), share_of(0.0001, "the draws"), share_of(0.414, "the draws"), share_of(1, "the draws")
    ('none of the draws', 'less than 0.1% of the draws', '41% of the draws', 'all of the draws')
    """
    return _bounded(share, ("none", "less than 0.1%", "more than 99.9%", "all"), "", whole)


def between(low: float, high: float) -> str:
    """Return the span of some shares.

    Examples
    --------
    >>> between(0.37, 0.53), between(1.0, 1.0), between(0.0, 0.07), between(0.2, 0.2)
    ('37% to 53%', 'all', 'none to 7.0%', '20%')
    """
    ends = [{0.0: "none", 1.0: "all"}.get(share, percent(share)) for share in (low, high)]
    return " to ".join(dict.fromkeys(ends))


def course(first: float, last: float) -> str:
    """Return the way of a share from a first date to a last, in whole per cent.

    Examples
    --------
    >>> course(0.22, 0.2), course(0.853, 0.851)
    ('from 22% to 20%', '85% at both ends')
    """
    ends = f"{first:.0%}", f"{last:.0%}"
    return f"{ends[0]} at both ends" if ends[0] == ends[1] else f"from {ends[0]} to {ends[1]}"


def at_most(share: float, whole: str) -> str:
    """Return an upper bound on a share of a whole, such as ``"the draws"``.

    Raises
    ------
    GumError : no share

    Examples
    --------
    >>> at_most(0, "the draws"), at_most(0.0001, "the draws"), at_most(0.414, "the draws"), at_most(1, "the draws")
    ('none of the draws', 'less than 0.1% of the draws', 'at most 41% of the draws', 'up to all of the draws')
    """
    return _bounded(share, ("none", "less than 0.1%", "nearly all", "up to all"), "at most", whole)


def at_least(share: float, whole: str) -> str:
    """Return a lower bound on a share of a whole, such as ``"the draws"``.

    Raises
    ------
    GumError : no share

    Examples
    --------
    >>> at_least(0, "the draws"), at_least(0.414, "the draws"), at_least(0.9999, "the draws"), at_least(1, "the draws")
    ('possibly none of the draws', 'at least 41% of the draws', 'more than 99.9% of the draws', 'all of the draws')
    """
    return _bounded(share, ("possibly none", "possibly hardly any", "more than 99.9%", "all"), "at least", whole)


def _bounded(share: float, edges: tuple[str, str, str, str], bound: str, whole: str) -> str:
    """Return a bound in words: `edges` are said at none, next to none, next to all and all."""
    if not 0 <= share <= 1:
        raise GumError(f"expected a share from 0 to 1; got {share}", "wording", "share")
    number = percent(share)
    edge = {"0%": edges[0] if share == 0 else edges[1], "100%": edges[3] if share == 1 else edges[2]}.get(number)
    return f"{edge or f'{bound} {number}'.strip()} of {whole}"
