"""The components: what each takes, and every state the gallery shows.

A component is one template, `core/templates/ui/<name>.html`, and one declaration here; from it
come the tag `{% ui_<name> %}`, the check of its arguments, and its place in the gallery.
"""

from pathloom.portal.core.ui import basics, clusters, data, navigation, plan
from pathloom.portal.core.ui.gallery import gallery
from pathloom.portal.core.ui.registry import COMPONENTS, Component, component, need, render, take

DECLARED_IN = (basics, navigation, data, clusters, plan)  # the order of the gallery

__all__ = [
    "COMPONENTS",
    "DECLARED_IN",
    "Component",
    "component",
    "gallery",
    "need",
    "render",
    "take",
]
