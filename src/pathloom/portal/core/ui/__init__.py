"""The components: what each takes, and every state the gallery shows.

A component is one template, `core/templates/ui/<name>.html`, and one declaration here; from it
come the tag `{% ui_<name> %}`, the check of its arguments, and its place in the gallery.
"""

from pathloom.portal.core.ui import basics, clusters, data, navigation, plan
from pathloom.portal.core.ui.registry import COMPONENTS, Component, component, need, render, take

GROUPS = (basics, navigation, data, clusters, plan)

__all__ = ["COMPONENTS", "GROUPS", "Component", "component", "need", "render", "take"]
