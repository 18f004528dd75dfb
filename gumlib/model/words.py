"""Words of this project that are neither the book's nor the field's; each means the same on every page."""

import pandas as pd

_WORDS = {
    "draw": ("一次抽样", "one set of parameter values, taken at random from ranges that we state"),
    "epoch": ("时点", "a year that was scored, from facts of that year and of the years around it"),
    "ledger": ("台账", "our list of facts from public sources, each with its source"),
    "level": ("水平", "a mean score divided by five, so that it lies between 0 and 1"),
    "lever": ("杠杆", "an instrument of policy with the size, duration and cost that we assume for it"),
    "lock-in": ("锁定", "a low and a high resting level under one governance: the start decides where a cluster ends"),
    "median": ("中位数", "the value in the middle: half of the numbers lie below it and half above"),
    "portfolio": ("组合", "a set of instruments of policy within a budget"),
    "reading": ("口径", "one of two ways to set the parameters: over our ranges, or as fitted to the four clusters"),
    "resting level": ("稳态水平", "a level at which a cluster stays if nothing pushes it"),
    "rival": ("对手模型", "a variant of the model that lacks something"),
    "score": ("评分", "what the facts say of one element in one year, from 0 to 5"),
    "span of lock-in": ("锁定区间", "the levels of governance at which there is lock-in"),
    "stuck": ("滞留", "with one resting level only, and a low one"),
    "upgrading index": ("升级指数", "capability and autonomy in one number between 0 and 1"),
    "verdict": ("判定", "what a test returns for a claim, by a stated rule"),
}


def words() -> pd.DataFrame:
    """Return the words of this project: a frame indexed by word, with its Chinese and its meaning.

    Source: ours.

    Examples
    --------
    >>> words().loc["rival", "meaning (ours)"]
    'a variant of the model that lacks something'
    """
    rows = pd.DataFrame.from_dict(_WORDS, orient="index", columns=["Chinese", "meaning (ours)"])
    return rows.rename_axis("word")
