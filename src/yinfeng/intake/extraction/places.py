"""Places as one document names them: villages, towns and committees that no national list holds."""

import re
from collections import Counter

from .lexicon import Lexicon

BEFORE = r"(?:(?<=[、，。；：\n“”（]|[在赴到省州市县区旗乡镇和及])|^)"
NAMED = re.compile(
    rf"{BEFORE}(?P<name>[\u4e00-\u9fff]{{2,4}}?)(?:行政委员会|行委|工行委|管委会|镇|乡|县|旗)(?![域村长级委])"
)
NO_PLACE = re.compile(
    r"[的各全该本我每有为在和及与一二三四五六七八九十两乡镇县村市区州省]|开发|园区|工业|经济|政府|人民|党|政|管理|城"
)
OFTEN = 2


def local_places(reading: str, lexicon: Lexicon) -> Lexicon:
    """The dictionaries with the places that a document names at least twice with their level."""
    counts = Counter(match["name"] for match in NAMED.finditer(reading))
    return lexicon.with_places(name for name, times in counts.items() if times >= OFTEN and not NO_PLACE.search(name))
