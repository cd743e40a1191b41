"""The case store as a Django app; its label stands in the migrations of every office."""

from django.apps import AppConfig


class CaseStoreConfig(AppConfig):
    """Labelled ``storage``, as offices made since the first schema know it."""

    name = "ostiary.office.store"
    label = "storage"
