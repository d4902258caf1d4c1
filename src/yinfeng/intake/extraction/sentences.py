"""Sentences, clauses and list items of a reading text, each with its place in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

OPENING = {"“": "”", "（": "）", "《": "》", "「": "」", "‘": "’", "〔": "〕", "【": "】"}
CLOSING = frozenset(OPENING.values())
SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?[”’」]?")
DUTY_NOTE = re.compile(r"（(?:责任|牵头|配合|承办|主责)(?:单位|部门)：[^（）]{0,300}）")
GLOSSARY = re.compile(r"(?:\d{1,3}[.、])“[^“”\n]{1,30}”|(?:\d{1,3}[.、])[^，。：\n]{2,24}[：](?!“)")
LONGEST_QUOTATION = 80


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the reading text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def cut(self, first: int, last: int | None = None) -> "Span":
        """The piece from ``first`` to ``last`` within this one."""
        return Span(self.text[first:last], self.start + first)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the reading text with its sentences."""

    span: Span
    sentences: tuple[Span, ...]

    @property
    def is_heading(self) -> bool:
        """Whether it stands alone without any sentence end."""
        return len(self.span.text) <= 40 and not any(char in "。；，" for char in self.span.text)

    @property
    def is_glossary(self) -> bool:
        """Whether it explains a term: 3．“某某”：指……"""
        return bool(GLOSSARY.match(self.span.text))


def paragraphs(reading: str) -> Iterator[Paragraph]:
    """The paragraphs in order; notes of responsible units are blanked out of their sentences."""
    for found in re.finditer(r"[^\n]+", reading):
        text = DUTY_NOTE.sub(lambda note: "；" * len(note.group()), found.group())
        sentences = tuple(Span(s.group(), found.start() + s.start()) for s in SENTENCE.finditer(text))
        yield Paragraph(Span(found.group(), found.start()), sentences)


def split(span: Span, marks: str) -> list[Span]:
    """Cut at any of ``marks`` that stands outside brackets and quotation marks.

    A bracket that is never closed, or that would swallow most of a sentence, does not count.
    """
    text = span.text
    if not any(mark in text for mark in marks):
        return [span]
    pieces, first, at = [], 0, 0
    while at < len(text):
        char = text[at]
        if char in OPENING:
            closed = text.find(OPENING[char], at + 1, at + LONGEST_QUOTATION)
            at = closed if closed > 0 else at
        elif char in marks:
            pieces.append(span.cut(first, at))
            first = at + 1
        at += 1
    pieces.append(span.cut(first))
    return [piece for piece in pieces if piece.text]


def clauses(sentence: Span) -> list[Span]:
    """The parts of a sentence between commas, colons and its end."""
    return split(sentence, "，。；！？：\n")
