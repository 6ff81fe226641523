"""Career frameworks: clusters and their pathways, and the crosswalks between frameworks."""

from pathloom.engine.taxonomy.carry import Carried, Reason, carry, why_not
from pathloom.engine.taxonomy.crosswalk import (
    CONFIDENCES,
    KINDS,
    Confidence,
    Crosswalk,
    CrosswalkRow,
    Kind,
    load_crosswalks,
    place_at,
)
from pathloom.engine.taxonomy.framework import (
    Cluster,
    Framework,
    FrameworkError,
    FrameworkSource,
    Group,
    Level,
    Levels,
    Pathway,
    Place,
    Statement,
)
from pathloom.engine.taxonomy.load import PACKAGED, load_framework, load_frameworks
from pathloom.engine.taxonomy.packaged import Taxonomy, load_taxonomy

__all__ = [
    "CONFIDENCES",
    "KINDS",
    "PACKAGED",
    "Carried",
    "Cluster",
    "Confidence",
    "Crosswalk",
    "CrosswalkRow",
    "Framework",
    "FrameworkError",
    "FrameworkSource",
    "Group",
    "Kind",
    "Level",
    "Levels",
    "Pathway",
    "Place",
    "Reason",
    "Statement",
    "Taxonomy",
    "carry",
    "load_crosswalks",
    "load_framework",
    "load_frameworks",
    "load_taxonomy",
    "place_at",
    "why_not",
]
