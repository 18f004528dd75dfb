"""Whether a text is in words of its own: runs it shares with the excerpt of the printed book, told by their hashes.

The excerpt is under copyright and is not shipped; hashes of its runs are. Terms and titles are blanked first, since
they can be said in one way only.
"""

from __future__ import annotations

import hashlib
import re

from gumlib import data
from gumlib.terms import CLUSTERS, TERMS

_CHARACTERS, _WORDS = 14, 12
"""Lengths of the runs of Chinese characters and of English words that count as copied."""
_TITLES = (
    "全球价值链视角下地方产业集群升级机理研究",
    "全球价值链视角下地方产业集群升级机理模型",
    "全球价值链视角下地方产业集群升级机理",
    "中华人民共和国企业所得税法",
    "中华人民共和国劳动合同法",
    "A Study on Upgrading Mechanism of Local Industrial Clusters from a Global Value Chains Perspective",
    "GVC Perspective on Upgrading Mechanism of Local Industrial Clusters Model",
)
_DIGITS = 8


def hashed_runs(text: str) -> set[str]:
    """Return the hashes of all runs of a text: 14 Chinese characters or 12 English words, terms and titles blanked.

    Examples
    --------
    >>> hashed_runs("cluster learning, cluster innovation, insertion in the GVC, social capital")
    set()
    >>> len(hashed_runs("a b c d e f g h i j k l m"))
    2
    """
    named = [*_TITLES, *(word for term in TERMS.values() for word in (term.chinese, term.name))]
    named += [cluster.chinese for cluster in CLUSTERS.values()]
    for words in sorted(filter(None, named), key=len, reverse=True):
        text = re.sub(r"\s+".join(map(re.escape, words.split())), " | ", text, flags=re.IGNORECASE)
    found = set()
    for part in text.split("|"):
        chinese = re.findall(r"[\u4e00-\u9fff]", part)
        english = re.findall(r"[a-z]+", part.lower())
        found |= _windows(chinese, _CHARACTERS, "") | _windows(english, _WORDS, " ")
    return found


def _windows(tokens: list[str], length: int, between: str) -> set[str]:
    starts = range(len(tokens) - length + 1)
    found = (between.join(tokens[start : start + length]) for start in starts)
    return {hashlib.sha256(run.encode()).hexdigest()[:_DIGITS] for run in found}


def copied(text: str) -> set[str]:
    """Return the hashes of the runs that a text shares with the excerpt."""
    return hashed_runs(text) & set(data.read("excerpt-runs")["sha256"])
