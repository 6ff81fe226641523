"""How a request says that its page is copied into a file."""

EXPORTING = "pathloom.export"  # in the environment of the request: no visitor can set it
