"""Plain dicts for templates, PDF and CSV."""

from pathloom.portal.plans.presenters.board import board
from pathloom.portal.plans.presenters.document import document
from pathloom.portal.plans.presenters.loom import loom, strip
from pathloom.portal.plans.presenters.requirements import requirement_rows

__all__ = ["board", "document", "loom", "requirement_rows", "strip"]
