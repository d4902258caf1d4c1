"""Lists of units and firms, as notes of responsibility give them."""

import re

TAIL = re.compile(r"(?:等(?:相关|有关|各)?(?:部门|单位|企业)?)?[。；，、]*\Z")


def units_in(text: str) -> tuple[str, ...]:
    """The units of a list, without 等 and marks.

    >>> units_in("市能源局、市数据局，市农牧局等。")
    ('市能源局', '市数据局', '市农牧局')
    """
    text = TAIL.sub("", text.replace("\n", ""))
    parts, depth, current = [], 0, ""
    for char in text:
        depth += (char in "（《") - (char in "）》")
        if char in "、，；" and depth <= 0:
            parts.append(current)
            current = ""
        else:
            current += char
    return tuple(part for part in (p.strip("。：") for p in [*parts, current]) if part)
