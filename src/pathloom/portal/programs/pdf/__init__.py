"""What is printed of programs of study: tagged PDF (PDF/UA-1), made by Typst from one source."""

from pathloom.portal.programs.pdf.booklet import booklet
from pathloom.portal.programs.pdf.one_page import one_page, poster
from pathloom.portal.programs.pdf.slides import slides

__all__ = ["booklet", "one_page", "poster", "slides"]
