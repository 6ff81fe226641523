"""The cast for every test of this folder."""

from tests.portal.records.stage import cast, stage

__all__ = ["cast", "stage"]
