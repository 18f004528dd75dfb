"""Prime implicants: the shortest combinations that contain no row where the outcome failed."""

from functools import cache
from itertools import product

from gumlib.cases.qca.expressions import Cube
from gumlib.errors import GumError


@cache
def cubes(conditions: int) -> dict[Cube, int]:
    """Return every combination of so many conditions with the rows it contains, as bits of one number.

    Examples
    --------
    >>> {cube: bin(rows) for cube, rows in cubes(1).items()}
    {(0,): '0b1', (1,): '0b10', (-1,): '0b11'}
    """
    return {cube: _bits(_rows(cube)) for cube in product((0, 1, -1), repeat=conditions)}


def contained_rows(cube: Cube) -> tuple[int, ...]:
    """Return the rows that a combination contains, counted from 1 as in a truth table.

    Examples
    --------
    >>> contained_rows((1, -1))
    (3, 4)
    """
    return tuple(number + 1 for number in _rows(cube))


def primes(conditions: int, positive: frozenset[int], negative: frozenset[int]) -> dict[Cube, frozenset[int]]:
    """Return the prime implicants with the positive rows that each of them covers.

    A combination is an implicant if it contains a positive row and no negative one; it is prime if dropping any
    one condition would let a negative row in. These are the combinations that the merging of Quine and McCluskey
    ends with (the tests compare). Rows that are neither positive nor negative may be contained or not.

    Parameters
    ----------
    conditions : how many
    positive, negative : numbers of rows, counted from 1

    Raises
    ------
    GumError : a row is both

    Source: quine1952, mccluskey1956.

    Examples
    --------
    >>> primes(2, frozenset({3, 4}), frozenset({1, 2}))
    {(1, -1): frozenset({3, 4})}
    """
    if positive & negative:
        both = ", ".join(map(str, sorted(positive & negative)))
        raise GumError(f"expected each row once, got as positive and negative: {both}", "qca", "rows")
    inside = cubes(conditions)
    wanted, barred = (_bits([row - 1 for row in group]) for group in (positive, negative))
    found = {}
    for cube, bits in inside.items():
        if bits & barred or not bits & wanted:
            continue
        wider = (inside[(*cube[:n], -1, *cube[n + 1 :])] for n, bit in enumerate(cube) if bit >= 0)
        if all(bits & barred for bits in wider):
            found[cube] = frozenset(contained_rows(cube)) & positive
    return found


def _rows(cube: Cube) -> list[int]:
    choices = [(bit,) if bit >= 0 else (0, 1) for bit in cube]
    numbers = []
    for corner in product(*choices):
        number = 0
        for bit in corner:
            number = 2 * number + bit
        numbers.append(number)
    return numbers


def _bits(numbers: list[int]) -> int:
    return sum(1 << number for number in numbers)
