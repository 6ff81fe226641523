"""The publishers' own files, as they offer them for download."""
