"""What names of requests and of records are told by, once for each and not for each pair."""

from ostiary.deciding.standardisation.vocabulary.nicknames import SHARED_FORMS
from ostiary.deciding.standardisation.vocabulary.surnames import MARKERS, WEAK_MIDDLE_NAMES

MARKED = frozenset(MARKERS.split("|"))
"""Given names that are markers (column ``given_marked``)."""

SAYS_LITTLE = frozenset({"", *MARKED, *WEAK_MIDDLE_NAMES})
"""Middle names of which nobody can be told (``middle_says_little``)."""

SHARES = frozenset(SHARED_FORMS)
"""Short forms that several given names share (``given_shares``)."""
