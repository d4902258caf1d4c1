"""Finds projects, targets, results and task forces in the text of a document. Pure: no database, no clock."""

from .lexicon import Lexicon
from .model import Extraction
from .reader import extract

__all__ = ["Extraction", "Lexicon", "extract"]
