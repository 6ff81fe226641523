"""URLs of the public course list."""

from django.urls import path

from pathloom.portal.catalog import views

app_name = "catalog"
urlpatterns = [
    path("schools/<slug:school>/courses/", views.courses, name="courses"),
    path("schools/<slug:school>/courses.csv", views.courses_csv, name="courses_csv"),
]
