"""URLs of the public pages."""

from django.urls import path

from pathloom.portal.programs import views

app_name = "programs"
urlpatterns = [
    path("careers/", views.careers, name="careers"),
    path("careers/<slug:framework>/", views.framework, name="framework"),
    path("careers/<slug:framework>/<slug:cluster>/", views.cluster, name="cluster"),
    path("careers/<slug:framework>/<slug:cluster>/<slug:pathway>/", views.pathway, name="pathway"),
    path("schools/", views.schools, name="schools"),
    path("schools/<slug:school>/", views.school, name="school"),
    path("schools/<slug:school>/courses/<str:code>/", views.course, name="course"),
    path("schools/<slug:school>/programs/<slug:program>/", views.program, name="program"),
    path(
        "schools/<slug:school>/programs/<slug:program>/one-page.pdf",
        views.one_page,
        name="one_page",
    ),
]
