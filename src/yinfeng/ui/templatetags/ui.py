"""Template tags of the shared look."""

from django import template

register = template.Library()
