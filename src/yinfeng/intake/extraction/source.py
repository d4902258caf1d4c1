"""The text without white space, the text as a reader reads it, and the ways between them.

Three texts are told apart. The *original* is what was given. The *condensed* text is the original without white
space: quotations and offsets refer to it. The *reading* text is the condensed text without running headers, page
numbers and doubled headings, with one form of each punctuation mark and a line feed where a paragraph ends.
"""

import re
from collections import Counter
from dataclasses import dataclass

FORMS = str.maketrans("():;!?％０１２３４５６７８９．﹒", "（）：；！？%0123456789..")
COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))")
PAGE_NUMBER = re.compile(r"[-—–·•]{0,3}第?\d{1,4}页?(?:共\d{1,4}页)?[-—–·•]{0,3}\Z")
OPENER = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、](?!\d)|——|第[一二三四五六七八九十]{1,3}[章条节])"
)
LABEL = re.compile(
    r"[\u4e00-\u9fff]{0,4}(?:领导|单位|企业|部门|链长|组长|召集人|专员|任务|目标|方向|内容|地点|规模|投资|名称|主体|联系人|时限|链主)："
)
TERMINAL = "。！？；：”」』）,，、"
DOUBLED = re.compile(r"([^。：；\n]{2,24}[。：])\1")
DOUBLED_COUNTER = re.compile(r"([一二三四五六七八九十]是)\1|([一二三四五六七八九十])\2(是)\3")
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\ufeff\u200b\u200c\u200d]")


@dataclass(frozen=True, slots=True)
class Line:
    """A physical line: its visible characters (white space gone) and their offsets in the condensed text."""

    text: str
    start: int
    indented: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def width(self) -> float:
        return sum(1.0 if ord(char) > 0x2E7F or char in "“”‘’—…·" else 0.5 for char in self.text)


@dataclass(frozen=True, slots=True)
class Source:
    """One document in its three texts."""

    original: str
    condensed: str
    offsets: tuple[int, ...]
    lines: tuple[Line, ...]
    reading: str
    places: tuple[int, ...]

    def quoted(self, start: int, end: int) -> tuple[int, int]:
        """The condensed span of a reading span; headers that cut the sentence are part of the quotation."""
        while start < end and self.reading[start] == "\n":
            start += 1
        while end > start and self.reading[end - 1] == "\n":
            end -= 1
        if start >= end:
            at = self.places[start] if start < len(self.places) else len(self.condensed)
            return at, at
        return self.places[start], self.places[end - 1] + 1

    def spaced(self, start: int, end: int) -> str:
        """The original wording of a reading span, with its white space."""
        first, last = self.quoted(start, end)
        return self.original[self.offsets[first] : self.offsets[last - 1] + 1] if first < last else ""


def condense(text: str) -> tuple[str, tuple[int, ...]]:
    """The text without white space, and where each of its characters stood.

    >>> condense("甲 乙")
    ('甲乙', (0, 2))
    """
    offsets = tuple(at for at, char in enumerate(text) if not char.isspace())
    return "".join(text.split()), offsets


def physical_lines(text: str) -> list[Line]:
    """The lines that hold anything visible."""
    lines, start = [], 0
    for raw in re.split(r"[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]", text):
        bare = "".join(raw.split())
        if bare:
            lines.append(Line(bare, start, raw[0].isspace()))
        start += len(bare)
    return lines


def furniture(lines: list[Line]) -> set[int]:
    """Indices of page numbers and running headers.

    A running header is a line without punctuation that comes more than once beside a page boundary;
    the tail of a wrapped sentence may repeat too, so short lines and others are kept.
    """
    numbers = {i for i, line in enumerate(lines) if PAGE_NUMBER.match(line.text)}
    edges = {0, *(i for i, line in enumerate(lines) if line.indented), *(i + 1 for i in numbers)}
    near = {j for i in edges for j in range(i - 2, i + 2)}
    counts = Counter(line.text for line in lines)
    headers = {
        i
        for i in near
        if 0 <= i < len(lines)
        and len(lines[i].text) >= 8
        and counts[lines[i].text] > 1
        and not any(char in "。，、；：,;" for char in lines[i].text)
    }
    return numbers | headers


def ends_paragraph(lines: list[Line], at: int, widths: list[float]) -> bool:
    """Whether the line before the next one is a heading or the short last line of a paragraph."""
    line, following = lines[at], lines[at + 1].text.translate(FORMS)
    if OPENER.match(following) or LABEL.match(following):
        return True
    if line.text[-1] in "。！？":
        return widths[at] > 60 or widths[at] < 0.8 * max(widths[max(0, at - 3) : at + 4])
    if line.text[-1] in TERMINAL or any(char in "，,。；;" for char in line.text) or "、" in line.text[3:]:
        return False
    around = max(widths[max(0, at - 3) : at + 4])
    return widths[at] <= 30 and widths[at] < 0.8 * around


def assemble(lines: list[Line]) -> tuple[str, list[int]]:
    """Join wrapped lines without furniture; paragraphs end with a line feed."""
    dropped = furniture(lines)
    kept = [line for i, line in enumerate(lines) if i not in dropped]
    widths = [line.width for line in kept]
    parts: list[str] = []
    places: list[int] = []
    for at, line in enumerate(kept):
        for shift, char in enumerate(line.text):
            if not PRIVATE.match(char):
                parts.append(char)
                places.append(line.start + shift)
        if at + 1 < len(kept) and ends_paragraph(kept, at, widths):
            parts.append("\n")
            places.append(line.end - 1)
    return COMMA.sub("，", "".join(parts).translate(FORMS)), places


def without_doubles(text: str, places: list[int]) -> tuple[str, list[int]]:
    """Drop the second of two equal neighbours: headings and labels that the page prints in bold come twice."""
    for pattern in (DOUBLED, DOUBLED_COUNTER):
        parts: list[str] = []
        kept: list[int] = []
        last = 0
        for found in pattern.finditer(text):
            half = found.start() + (found.end() - found.start()) // 2
            if found.group(0) == text[found.start() : half] * 2:
                parts.append(text[last:half])
                kept.extend(places[last:half])
            else:  # 二二是是
                parts.append(text[last : found.start() + 1] + "是")
                kept.extend([*places[last : found.start() + 1], places[found.end() - 1]])
            last = found.end()
        parts.append(text[last:])
        kept.extend(places[last:])
        text, places = "".join(parts), kept
    return text, places


def read(text: str) -> Source:
    """Prepare one document for extraction."""
    condensed, offsets = condense(text)
    lines = physical_lines(text)
    reading, places = without_doubles(*assemble(lines))
    return Source(text, condensed, offsets, tuple(lines), reading, tuple(places))
