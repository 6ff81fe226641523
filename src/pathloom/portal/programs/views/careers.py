"""Public pages of the career frameworks. No sign-in, no cookie."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from pathloom.portal.core.access import public
from pathloom.portal.programs.presenters import careers as career_pages
from pathloom.portal.programs.presenters import exits as exit_pages
from pathloom.portal.programs.queries import frameworks, published


@public
def careers(request: HttpRequest) -> HttpResponse:
    """The families of jobs in the words of the district, and every framework."""
    page: dict[str, object] = {}
    if district := frameworks.only_district():
        used = frameworks.framework_of_district(district)
        if used is not None:
            counted = published.programs_per_cluster(used.id)
            page = career_pages.families(district, used, counted)
    page["frameworks"] = [career_pages.framework_card(each) for each in frameworks.frameworks()]
    return render(request, "programs/careers.html", page)


@public
def framework(request: HttpRequest, framework: str) -> HttpResponse:
    """The clusters of a framework."""
    found = frameworks.framework(framework)
    if found is None:
        raise Http404
    page = career_pages.framework_page(found, published.programs_per_cluster(found.id))
    return render(request, "programs/framework.html", {"page": page})


@public
def cluster(request: HttpRequest, framework: str, cluster: str) -> HttpResponse:
    """The pathways of a cluster and the programs in it."""
    found_framework = frameworks.framework(framework)
    found = found_framework.cluster(cluster) if found_framework else None
    if found_framework is None or found is None:
        raise Http404
    versions = published.published_in(framework, cluster=cluster)
    page = career_pages.cluster_page(found_framework, found, versions)
    return render(request, "programs/cluster.html", {"page": page})


@public
def pathway(request: HttpRequest, framework: str, cluster: str, pathway: str) -> HttpResponse:
    """A pathway and the programs in it."""
    found_framework = frameworks.framework(framework)
    found_cluster = found_framework.cluster(cluster) if found_framework else None
    found = found_cluster.pathway(pathway) if found_cluster else None
    if found_framework is None or found_cluster is None or found is None:
        raise Http404
    versions = list(published.published_in(framework, cluster=cluster, pathway=pathway))
    page = career_pages.pathway_page(found_framework, found_cluster, found, versions=versions)
    page |= exit_pages.pathway_exits(framework, cluster, pathway, versions=versions)
    return render(request, "programs/pathway.html", {"page": page})
