"""What a district calls clusters and pathways, in the language of the page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pathloom.engine.taxonomy import Framework, Level
from pathloom.portal.accounts.models import District
from pathloom.portal.programs.presenters.words import Said, either
from pathloom.portal.programs.queries.frameworks import levels_in

Page = dict[str, Any]


def level_names(district: District, framework: Framework | None) -> Page:
    """``cluster`` and ``pathway``, each for ``one`` and ``many``; one query.

    A district's own words where it has renamed a level. A cluster that nobody renamed is a family
    of jobs, which is plainer than the steward's word.
    """
    language = get_language() or "en"
    plain = {
        "one": Said(_("Family of jobs"), language),
        "many": Said(_("Families of jobs"), language),
    }
    if framework is None:
        pathway = {"one": Said(_("Pathway"), language), "many": Said(_("Pathways"), language)}
        return {"cluster": plain, "pathway": pathway}
    own = levels_in(district, framework)
    renamed = any("cluster" in words for words in own.renamed.values())
    return {
        "cluster": _words(own.levels.cluster) if renamed else plain,
        "pathway": _words(own.levels.pathway),
    }


def _words(level: Level) -> Page:
    return {"one": either(level.one, level.es_one), "many": either(level.many, level.es_many)}


def lowered(name: Said) -> Said:
    """The name of a level inside a line."""
    return Said(name.lower(), name.lang)
