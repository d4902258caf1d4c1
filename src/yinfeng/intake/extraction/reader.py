"""Reads one document: prepares its text and asks each kind of finder in turn."""

from .articles import articles
from .events import events
from .figures import figures
from .groups import groups
from .lexicon import Lexicon
from .mechanisms import mechanisms
from .model import Extraction
from .orgs import orgs
from .outlook import area_of, outlooks
from .places import local_places
from .projects import projects
from .rhythms import cadence
from .sentences import paragraphs
from .source import read
from .speakers import people
from .taskforces import task_forces


def extract(text: str, lexicon: Lexicon | None = None) -> Extraction:
    """Everything the rules find in a document's text.

    ``lexicon`` defaults to the standard dictionaries; build one with an office's own words to extend them.
    """
    source = read(text)
    words = local_places(source.reading, lexicon or Lexicon.standard())
    parts = list(paragraphs(source.reading))
    views = outlooks(parts)
    area = area_of(source.reading, words)
    targets, results = figures(source, parts, views, area)
    named = projects(source, parts, views, words, area)
    forces = task_forces(source, targets)
    return Extraction(
        original_length=len(text),
        offsets=source.offsets,
        articles=articles(source, parts),
        projects=named,
        project_groups=groups(source, parts, views),
        targets=targets,
        results=results,
        task_forces=forces,
        orgs=orgs(source, forces, named, words),
        cadence=cadence(source, parts),
        events=events(source, parts),
        mechanisms=mechanisms(source, parts),
        people=people(source, parts),
    )
