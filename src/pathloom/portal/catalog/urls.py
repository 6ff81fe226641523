"""URLs of the public course list."""

app_name = "catalog"
urlpatterns: list = []
