"""What the words mean: terms, kinds of upgrading, types of chain governance, kinds of lock-in.

Tables of the field's own definitions beside the book's, small enough to read and to run.
"""

import numpy as np
import pandas as pd

from gumlib.errors import GumError
from gumlib.terms import TERMS, WAYS

KINDS = ("process", "product", "functional", "chain")
"""Process, product, functional and chain upgrading (humphrey2000, humphrey2002)."""

_CROSSWALK = {
    ("T", "process"): "better equipment and methods",
    ("T", "product"): "goods of higher grade",
    ("N", "product"): "own designs and new goods",
    ("N", "functional"): "design and research taken on",
    ("X", "functional"): "own channels and brands",
}

_GOVERNANCE = {
    ("low", "high", "high"): "market",
    ("high", "high", "high"): "modular",
    ("high", "low", "high"): "relational",
    ("high", "high", "low"): "captive",
    ("high", "low", "low"): "hierarchy",
}
_LEVELS = ("low", "high")

COORDINATION = ("market", "modular", "relational", "captive", "hierarchy")
"""The five types by rising explicit coordination and asymmetry of power (gereffi2005)."""

LOCKED_IN = (
    "A cluster is locked in where two resting levels exist under one and the same governance, a low and a high one, so "
    "that the start decides where it ends. One low resting level is no lock-in: the cluster is stuck."
)
"""What lock-in means in this book (ours), on every page."""

_MEANING = {
    "L": "firms take up knowledge from each other and from outside, and put it to use",
    "I": "firms bring out new goods and methods, building on each other",
    "E": "firms make, sell or buy within chains that run beyond the country",
    "S": "ties, trust and shared rules that let firms act together",
    "P": "what public bodies do with the aim of upgrading",
    "D": "firms large enough to set the course of others in the cluster",
    "G": "who sets and enforces rules in the cluster: public bodies, associations, dominant enterprises",
    "T": "command of more demanding methods and equipment",
    "N": "power to design, develop and launch what is new",
    "X": "reach to buyers, channels and partners outside, on better terms",
    "K": "ties that are wider, more reliable and open to newcomers",
    "mT": "how learning turns into technical capability",
    "mN": "how innovating together turns into innovation capability",
    "mX": "how a place in the chain turns into better links outside",
    "mK": "how acting together turns into stronger and wider ties",
    "U": "capability, autonomy and the power to keep value rise; our index holds the first two only",
    "Z": "costs, rules and demand that change outside the reach of the cluster",
    "O": "what the cluster achieves: output, exports, firms, jobs",
}

_LOCK_IN = (
    (
        "functional",
        "Firms lean on one another's long-standing orders and give up own marketing and development",
        "D, E",
    ),
    ("cognitive", "A shared view of the world makes a lasting decline look like a passing slump", "L, I"),
    ("political", "Industry, labour and government join to keep what there is", "P, G"),
)


def glossary() -> pd.DataFrame:
    """Return every term with its Chinese name, its group, and a meaning in our words.

    Returns
    -------
    Frame indexed by code: English, Chinese, group, meaning (ours).

    Source: names from C01, C02, C06, C08, C11; the meanings are ours, not the book's.

    Examples
    --------
    >>> glossary().loc["S", "Chinese"], len(glossary())
    ('社会资本', 18)
    """
    rows = {
        code: {"English": term.name, "Chinese": term.chinese, "group": term.group, "meaning (ours)": _MEANING[code]}
        for code, term in TERMS.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("code")


def upgrading(ways: pd.DataFrame) -> pd.DataFrame:
    """Return capability, autonomy and the upgrading index of each row of ways.

    Capability is the square root of T times N, autonomy that of X times K, the index that of
    capability times autonomy. A level that is missing leaves what rests on it missing.

    Parameters
    ----------
    ways : frame with the columns T, N, X and K, levels in [0, 1]

    Raises
    ------
    GumError : a column is missing, or a level lies outside [0, 1]

    Source: our formalisation of C10 and C11.

    Examples
    --------
    >>> upgrading(pd.DataFrame({"T": [0.9], "N": [0.4], "X": [0.4], "K": [0.1]})).round(3).values.tolist()
    [[0.6, 0.2, 0.346]]
    """
    for way in WAYS:
        if way not in ways:
            raise GumError(f"expected the columns T, N, X, K, got {', '.join(map(str, ways))}", "definitions", way)
        if not ways[way].dropna().between(0, 1).all():
            raise GumError("expected levels from 0 to 1; divide scores by five", "definitions", way)
    capability = np.sqrt(ways["T"] * ways["N"])
    autonomy = np.sqrt(ways["X"] * ways["K"])
    index = np.sqrt(capability * autonomy)
    return pd.DataFrame({"capability": capability, "autonomy": autonomy, "upgrading": index})


def lock_in() -> pd.DataFrame:
    """Return the three kinds of lock-in, what closes a region off, and where our model looks for it.

    Returns
    -------
    Frame indexed by kind: meaning (after Grabher, in our words), elements (codes, our reading).

    Source: C25, grabher1993.
    """
    return pd.DataFrame(_LOCK_IN, columns=["kind", "meaning", "elements"]).set_index("kind")


def crosswalk() -> pd.DataFrame:
    """Return what the book's four ways share with the field's four kinds of upgrading (ours).

    Returns
    -------
    Frame of ways (T N X K) by kinds; a few words where they overlap, an empty text elsewhere.

    Source: C11; humphrey2000, humphrey2002. The pairing is our reading, not the book's.
    """
    rows = {way: [_CROSSWALK.get((way, kind), "") for kind in KINDS] for way in WAYS}
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(KINDS)).rename_axis("way")


def governance(complexity: str, codifiability: str, capability: str) -> str | None:
    """Return the type of chain governance, or None where the theory names none.

    Parameters
    ----------
    complexity : of transactions, ``"low"`` or ``"high"``
    codifiability : of transactions, ``"low"`` or ``"high"``
    capability : of suppliers, ``"low"`` or ``"high"``

    Raises
    ------
    GumError : a value is neither low nor high

    Source: gereffi2005.

    Examples
    --------
    >>> governance("high", "high", "low")
    'captive'
    >>> governance("low", "low", "low") is None
    True
    """
    triple = (complexity, codifiability, capability)
    for name, value in zip(("complexity", "codifiability", "capability"), triple, strict=True):
        if value not in _LEVELS:
            raise GumError(f"expected low or high, got {value!r}", "definitions", name)
    return _GOVERNANCE.get(triple)


def governance_table() -> pd.DataFrame:
    """Return all eight combinations of the three variables with the type named, if any (gereffi2005)."""
    rows = [(a, b, c, governance(a, b, c)) for a in _LEVELS for b in _LEVELS for c in _LEVELS]
    return pd.DataFrame(rows, columns=["complexity", "codifiability", "capability", "type"])
