"""Codes, names in English and Chinese, and colours: code takes them from here, and tests compare data and prose.

Colours follow Okabe and Ito's palette, which readers with the common colour deficiencies can
tell apart. A way of upgrading shares the colour of the basic factor whose mechanism feeds it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """One named thing: its code, its names, its group, its colour."""

    code: str
    name: str
    chinese: str
    group: str
    colour: str = "#6b7480"


@dataclass(frozen=True)
class Cluster:
    """One of the book's four cases: code, names of place and product, id in the map data."""

    code: str
    name: str
    chinese: str
    product: str
    product_chinese: str
    section: str
    point: str
    area: str


_TERMS = (
    Term("L", "cluster learning", "集群学习", "basic factor", "#0072b2"),
    Term("I", "cluster innovation", "集群式创新", "basic factor", "#e69f00"),
    Term("E", "insertion in the GVC", "全球价值链的嵌入", "basic factor", "#009e73"),
    Term("S", "social capital", "社会资本", "basic factor", "#cc79a7"),
    Term("P", "upgrading-oriented public policy", "产业集群升级为导向的公共政策", "auxiliary factor", "#56b4e9"),
    Term("D", "dominant enterprises", "主导企业", "auxiliary factor", "#d55e00"),
    Term("G", "cluster governance", "集群治理", "governance"),
    Term("T", "technical-capability upgrading", "产业集群技术能力升级", "realisation way", "#0072b2"),
    Term("N", "innovation-capability upgrading", "产业集群创新能力升级", "realisation way", "#e69f00"),
    Term("X", "outside-linkage upgrading", "产业集群外向关联升级", "realisation way", "#009e73"),
    Term("K", "social-capital upgrading", "产业集群社会资本升级", "realisation way", "#cc79a7"),
    Term("mT", "learning mechanism", "集群学习运行机制", "mechanism", "#0072b2"),
    Term("mN", "innovation mechanism", "集群式创新运行机制", "mechanism", "#e69f00"),
    Term("mX", "outside-linkage mechanism", "集群外向关联运行机制", "mechanism", "#009e73"),
    Term("mK", "social-capital mechanism", "集群社会资本运行机制", "mechanism", "#cc79a7"),
    Term("U", "cluster upgrading", "地方产业集群升级", "outcome", "#6b7480"),
    Term("Z", "external pressure", "外部压力", "evidence only", "#8a6d3b"),
    Term("O", "outcome", "结果", "evidence only", "#6b7480"),
)
_CLUSTERS = (
    Cluster("ningbo", "Ningbo", "宁波", "garments", "服装", "4.1", "ningbo", "Ningbo"),
    Cluster("wenzhou", "Wenzhou", "温州", "lighters", "打火机", "4.2", "wenzhou", "Wenzhou"),
    Cluster("yongkang", "Yongkang", "永康", "hardware", "五金", "4.3", "yongkang", "Yongkang"),
    Cluster("shaoxing", "Shaoxing", "绍兴", "textiles", "纺织", "4.4", "shaoxing_keqiao", "Keqiao"),
)

TERMS = {term.code: term for term in _TERMS}
CLUSTERS = {cluster.code: cluster for cluster in _CLUSTERS}
BASIC = ("L", "I", "E", "S")
AUXILIARY = ("P", "D")
FACTORS = BASIC + AUXILIARY
WAYS = ("T", "N", "X", "K")
VARIABLES = (*FACTORS, "G", *WAYS)
EPOCHS = (1985, 1990, 1995, 2000, 2005, 2010)
WAY_OF = dict(zip(BASIC, WAYS, strict=True))


def name(code: str) -> str:
    """Return the English name of a term or cluster.

    Examples
    --------
    >>> name("E"), name("wenzhou")
    ('insertion in the GVC', 'Wenzhou')
    """
    return CLUSTERS[code].name if code in CLUSTERS else TERMS[code].name


def sentence(code: str) -> str:
    """Return the English name with a capital first letter, for headings and labels.

    Examples
    --------
    >>> sentence("P")
    'Upgrading-oriented public policy'
    """
    words = name(code)
    return words[0].upper() + words[1:]


def short(code: str) -> str:
    """Return a name short enough for a small panel; the code stands beside it.

    Examples
    --------
    >>> short("P"), short("N"), short("K")
    ('Upgrading policy', 'Innovation capability', 'Social capital (way)')
    """
    words = sentence(code).replace("-oriented public", "")
    if code not in WAYS:
        return words
    bare = words.removesuffix(" upgrading").replace("-", " ")
    return f"{bare} (way)" if bare in {sentence(factor) for factor in FACTORS} else bare
