"""URLs of the public pages."""

from django.urls import path

from pathloom.portal.programs.views import careers, portal, school

app_name = "programs"
urlpatterns = [
    path("careers/", careers.careers, name="careers"),
    path("careers/<slug:framework>/", careers.framework, name="framework"),
    path("careers/<slug:framework>/<slug:cluster>/", careers.cluster, name="cluster"),
    path(
        "careers/<slug:framework>/<slug:cluster>/<slug:pathway>/", careers.pathway, name="pathway"
    ),
    path("schools/", school.schools, name="schools"),
    path("schools/<slug:school>/", school.school, name="school"),
    path("schools/<slug:school>/a-to-z/", school.index, name="index"),
    path("schools/<slug:school>/courses/<str:code>/", school.course, name="course"),
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
]
