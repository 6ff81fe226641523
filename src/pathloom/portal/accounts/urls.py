"""Addresses of accounts."""

from django.urls import path

from pathloom.portal.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.home, name="home"),
    path("me/", views.own, name="own"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/demo/", views.demo_sign_in, name="demo_sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("people/roles/", views.roles, name="roles"),
    path("schools/<slug:school>/brand.css", views.brand, name="brand"),
    path("schools/<slug:school>/logo.svg", views.logo, {"kind": "svg"}, name="logo_svg"),
    path("schools/<slug:school>/logo.png", views.logo, {"kind": "png"}, name="logo_png"),
    path("staff/", views.staff, name="staff"),
    path("partner/", views.partner, name="partner"),
]
