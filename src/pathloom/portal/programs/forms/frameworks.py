"""What a district administrator sends: names of levels, and where each program goes."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("en", "es")
Words = dict[str, dict[str, tuple[str, str]]]


class LevelsForm(forms.Form):
    """The words for the levels; all empty keeps the steward's."""

    cluster_en = forms.CharField(label=_("Cluster, one"), required=False, max_length=40)
    clusters_en = forms.CharField(label=_("Clusters, many"), required=False, max_length=40)
    pathway_en = forms.CharField(label=_("Pathway, one"), required=False, max_length=40)
    pathways_en = forms.CharField(label=_("Pathways, many"), required=False, max_length=40)
    cluster_es = forms.CharField(label=_("Cluster, one, in Spanish"), required=False, max_length=40)
    clusters_es = forms.CharField(
        label=_("Clusters, many, in Spanish"), required=False, max_length=40
    )
    pathway_es = forms.CharField(label=_("Pathway, one, in Spanish"), required=False, max_length=40)
    pathways_es = forms.CharField(
        label=_("Pathways, many, in Spanish"), required=False, max_length=40
    )

    def words(self) -> Words:
        """Language -> level -> the word for one and for many."""
        clean = self.cleaned_data
        return {
            language: {
                level: (clean[f"{level}_{language}"], clean[f"{level}s_{language}"])
                for level in ("cluster", "pathway")
            }
            for language in LANGUAGES
        }


def initial_levels(words: Mapping[str, Mapping[str, list[str]]]) -> dict[str, str]:
    """The kept words as the fields of ``LevelsForm``."""
    return {
        f"{level}{plural}_{language}": word
        for language, levels in words.items()
        for level, pair in levels.items()
        for plural, word in zip(("", "s"), pair, strict=True)
    }


def decisions_of(data: QueryDict) -> dict[int, str]:
    """The places chosen on the page of a move, program -> place; what is no number is left out."""
    return {
        int(name.removeprefix("place-")): str(value)
        for name, value in data.items()
        if name.startswith("place-") and name.removeprefix("place-").isdecimal()
    }
