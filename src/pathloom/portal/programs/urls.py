"""URLs of the public pages."""

from django.urls import path

from pathloom.portal.programs.views import (
    agreement_edits,
    agreements,
    careers,
    frameworks,
    occupations,
    portal,
    school,
)

app_name = "programs"
urlpatterns = [
    path("careers/", careers.careers, name="careers"),
    path("careers/sources/", occupations.sources, name="sources"),
    path("careers/occupations/", occupations.occupations, name="occupations"),
    path("careers/occupations.csv", occupations.occupations_file, name="occupations_csv"),
    path("careers/occupations/<str:occupation>/", occupations.occupation, name="occupation"),
    path("careers/<slug:framework>/", careers.framework, name="framework"),
    path("careers/<slug:framework>/all.csv", frameworks.framework_csv, name="framework_csv"),
    path("careers/<slug:framework>/all.json", frameworks.framework_json, name="framework_json"),
    path("careers/<slug:framework>/to/<slug:other>/", frameworks.crosswalk, name="crosswalk"),
    path(
        "careers/<slug:framework>/to/<slug:other>/all.csv",
        frameworks.crosswalk_csv,
        name="crosswalk_csv",
    ),
    path(
        "careers/<slug:framework>/to/<slug:other>/all.json",
        frameworks.crosswalk_json,
        name="crosswalk_json",
    ),
    path("careers/<slug:framework>/<slug:cluster>/", careers.cluster, name="cluster"),
    path(
        "careers/<slug:framework>/<slug:cluster>/<slug:pathway>/", careers.pathway, name="pathway"
    ),
    path("schools/", school.schools, name="schools"),
    path("schools/<slug:school>/", school.school, name="school"),
    path("schools/<slug:school>/a-to-z/", school.index, name="index"),
    path("schools/<slug:school>/courses/<str:code>/", school.course, name="course"),
    path(
        "schools/<slug:school>/occupations/<str:occupation>/",
        occupations.school_occupation,
        name="school_occupation",
    ),
    path("schools/<slug:school>/programs/<slug:program>/", school.program, name="program"),
    path(
        "schools/<slug:school>/programs/<slug:program>/one-page.pdf",
        school.one_page,
        name="one_page",
    ),
    path("schools/<slug:school>/portal/", portal.portal, name="portal"),
    path("schools/<slug:school>/portal/sample/", portal.portal_sample, name="portal_sample"),
    path("schools/<slug:school>/portal/style.css", portal.portal_style, name="portal_style"),
    path("schools/<slug:school>/portal/logo", portal.portal_logo, name="portal_logo"),
    path("schools/<slug:school>/portal/preview/", portal.portal_preview, name="portal_preview"),
    path("schools/<slug:school>/portal/publish/", portal.portal_publish, name="portal_publish"),
    path("schools/<slug:school>/portal/discard/", portal.portal_discard, name="portal_discard"),
    path(
        "schools/<slug:school>/portal/versions/<int:number>/back/",
        portal.portal_back,
        name="portal_back",
    ),
    path("staff/labels/", occupations.thresholds, name="thresholds"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/start/", agreements.start, name="agreements_start"),
    path("agreements/<int:number>/", agreements.version, name="agreements_version"),
    path("agreements/<int:number>.csv", agreements.version_csv, name="agreements_csv"),
    path("agreements/<int:number>/submit/", agreements.submit, name="agreements_submit"),
    path("agreements/<int:number>/return/", agreements.give_back, name="agreements_return"),
    path("agreements/<int:number>/publish/", agreements.publish, name="agreements_publish"),
    path("agreements/<int:number>/discard/", agreements.discard, name="agreements_discard"),
    path("agreements/<int:number>/add/", agreement_edits.agreement, name="agreement_add"),
    path(
        "agreements/<int:number>/edit/<slug:agreement>/",
        agreement_edits.agreement,
        name="agreement",
    ),
    path(
        "agreements/<int:number>/edit/<slug:agreement>/retire/",
        agreement_edits.retire,
        name="agreement_retire",
    ),
    path(
        "agreements/<int:number>/edit/<slug:agreement>/remove/",
        agreement_edits.remove,
        name="agreement_remove",
    ),
    path(
        "agreements/<int:number>/colleges/add/",
        agreement_edits.college,
        name="agreements_college_add",
    ),
    path(
        "agreements/<int:number>/colleges/<slug:college>/",
        agreement_edits.college,
        name="agreements_college",
    ),
    path(
        "agreements/<int:number>/colleges/<slug:college>/courses/",
        agreement_edits.college_course,
        name="agreements_college_course",
    ),
    path(
        "agreements/<int:number>/colleges/<slug:college>/drop/",
        agreement_edits.drop_course,
        name="agreements_drop_course",
    ),
    path("staff/framework/", frameworks.district, name="district_framework"),
    path("staff/framework/levels/", frameworks.framework_levels, name="framework_levels"),
    path("staff/framework/undo/<int:number>/", frameworks.framework_undo, name="framework_undo"),
    path("staff/framework/to/<slug:to>/", frameworks.framework_move, name="framework_move"),
]
