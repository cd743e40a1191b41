"""Sessions in the web office's tables, of which no row lets its reader or its writer in.

Django keeps a session under the very text that the browser's cookie holds: whoever reads the table,
in a copy of the database or a dump, has every session that is open, and whoever writes there gives
one's content to a row of their own. So a row stands under a digest of that text, and its content,
signed with the office's key for sessions, names the row that it is of.
"""

from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

_ROW = "row"
_DIGITS = 40  # of the table's column; 160 bits of a key that is drawn at random


def row_of(session_key: str) -> str:
    """Give the key of the row of a session, by the text of its cookie."""
    return sha256(f"ostiary session v1\n{session_key}".encode()).hexdigest()[:_DIGITS]


class SessionStore(db.SessionStore):
    """One session, as Django's, but for the key of its row and for whose content counts."""

    def load(self) -> dict[str, Any]:
        """Give what the session holds; nothing when its row holds another's content."""
        key = self.session_key
        held = self.model.objects.filter(
            session_key=row_of(key or ""), expire_date__gt=timezone.now()
        ).first()
        told = self.decode(held.session_data) if key and held else {}
        if held is None or told.pop(_ROW, None) != held.session_key:
            self._session_key = None
            return {}
        return told

    def exists(self, session_key: str) -> bool:
        """Say whether there is a session under a cookie's text."""
        return super().exists(row_of(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Give the row of this session, whose key has been drawn, as it is now."""
        row = row_of(self.session_key or "")
        return self.model(
            session_key=row,
            session_data=self.encode({**data, _ROW: row}),
            expire_date=self.get_expiry_date(),
        )

    def delete(self, session_key: str | None = None) -> None:
        """End a session, this one when none is named."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(row_of(key))
