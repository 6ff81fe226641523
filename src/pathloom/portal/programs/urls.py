"""URLs of the public career pages."""

app_name = "programs"
urlpatterns: list = []
