"""URLs of the public pages."""

from django.urls import path

from pathloom.portal.programs.views import careers, school

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
    path("schools/<slug:school>/courses/<str:code>/", school.course, name="course"),
    path("schools/<slug:school>/programs/<slug:program>/", school.program, name="program"),
    path(
        "schools/<slug:school>/programs/<slug:program>/one-page.pdf",
        school.one_page,
        name="one_page",
    ),
]
