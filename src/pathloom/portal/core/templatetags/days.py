"""The filter for days: `{{ source.read_on|day }}`."""

from __future__ import annotations

from django import template

from pathloom.portal.core.days import day_said

register = template.Library()
register.filter("day", day_said)
