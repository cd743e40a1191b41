"""The least that Django needs to know to serve as an object-relational mapper, and nothing more.

No database stands here: every office that is opened brings its own, see
:mod:`.store.connection`. The web face has settings of its own and lists this room in them.
"""

INSTALLED_APPS = ["ostiary.office.store"]
DATABASES: dict[str, dict[str, object]] = {}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
