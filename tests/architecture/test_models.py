"""Relations between apps point downward and leave no accessor behind."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.models import ForeignKey, Model

LAYERS = ["core", "accounts", "catalog", "programs", "records", "plans", "demo"]


def own_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in LAYERS]


def relations(found: list[type[Model]]) -> Iterator[tuple[str, ForeignKey, int, int]]:
    for model in found:
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model is not None:
                target = field.related_model._meta.app_label
                if target in LAYERS:
                    own = LAYERS.index(model._meta.app_label)
                    yield f"{model.__name__}.{field.name}", field, own, LAYERS.index(target)


def faults(found: list[type[Model]]) -> list[str]:
    wrong = []
    for name, field, own, target in relations(found):
        if target > own:
            wrong.append(f"{name} points upward")
        if target != own and not field.remote_field.hidden:
            wrong.append(f"{name} leaves the accessor {field.remote_field.get_accessor_name()}")
    return wrong


def test_relations_between_apps_point_downward_without_accessors() -> None:
    found = own_models()
    assert len(list(relations(found))) >= 20
    assert faults(found) == []


def test_an_accessor_left_behind_is_found() -> None:
    class Planted(Model):
        student = models.ForeignKey("records.Student", models.CASCADE, related_name="planted")

        class Meta:
            app_label = "plans"
            managed = False

    try:
        assert faults([Planted]) == ["Planted.student leaves the accessor planted"]
    finally:
        del apps.all_models["plans"]["planted"]
        apps.clear_cache()
