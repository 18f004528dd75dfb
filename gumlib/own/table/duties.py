"""Taxes on trade, such as import duties: they bear the word import, and are neither trade nor sales."""

import re

_TAX = r"(tax(es)?|dut(y|ies)|vat|tariffs?|lev(y|ies)|subsid(y|ies)|customs)(?!\w)"
_TRADED = r"(im|ex)port"
_PHRASES = (
    rf"({_TRADED}s?|customs|trade)[\s-]+(and\s+customs\s+)?{_TAX}",
    rf"(?<!\w){_TAX}.*?\s(on|for)\s[^,;(]*?{_TRADED}(s|ed)?(?!\w)(\s+(products?|goods|services|commodities))*",
    rf"(einfuhr|ausfuhr|{_TRADED})(steuern?|abgaben?|z[oö]lle?)(?!\w)",
    rf"(zölle|\w*steuern|abgaben).*?\s(auf|für)\s.*?(einfuhr(en)?|ausfuhr(en)?|{_TRADED}en?)(?!\w)",
    rf"(droits|taxes|imp[oô]ts|derechos|impuestos|aranceles|impostos|direitos|dazi|imposte|diritti)\s.*?{_TRADED}\w*",
    r"(налог|пошлин)\w*.*?\s(импорт|экспорт)\w*|(импортн|экспортн)\w*\s(налог|пошлин)\w*",
    r"[进出進輸][口入出](货物|商品|产品|品|貨物)*的?([关關関増增消商][值费費値品]?)?[税稅]",
    r"[수][입출](관)?세",
)
_DUTY = re.compile("|".join(_PHRASES), re.IGNORECASE)


def without_duties(name: str) -> str:
    """Return a name without what it says of taxes on trade.

    Examples
    --------
    >>> [without_duties(name) for name in ("Net taxes on imports", "Imports and import duties", "进口税")]
    ['Net ', 'Imports and ', '']
    """
    return _DUTY.sub("", name)
