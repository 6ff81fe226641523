"""The demo district: who is in it (``people``), and how it comes into the database (``load``)."""

from pathloom.portal.demo.actions.district import PASSWORD, demo

CAST = demo().sign_ins  # one person per role, for `make run` and the journeys

__all__ = ["CAST", "PASSWORD"]
