"""How many people on file bear a whole name, given name and surname in either order."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ostiary.deciding.matching.candidates import records_between
from ostiary.deciding.reference.blocking_keys import KEY_KINDS, WHOLE_NAME, hash_texts, key_of
from ostiary.deciding.reference.layout import unique
from ostiary.deciding.reference.reader import ReferenceReader

Numbers = npt.NDArray[np.int64]
_HALF = np.uint64(32)


def count_bearers(opened: ReferenceReader, given: pa.Array, surname: pa.Array) -> Numbers:
    """Count people by name, short forms of a given name with the full one.

    Args:
        opened: the reference.
        given: representatives of groups of given names, in standard form.
        surname: keys of surnames; one for each given name.

    Returns:
        For each name the people who bear it, or the two in each other's place.
    """
    found = [_bearers(opened, *pair) for pair in ((given, surname), (surname, given))]
    names = (unique(np.concatenate(found)) >> _HALF).astype(np.int64)
    return np.bincount(names, minlength=len(given)).astype(np.int64)


def _bearers(opened: ReferenceReader, given: pa.Array, surname: pa.Array) -> npt.NDArray[np.uint64]:
    """Give pairs of the place of a name and a person, packed; some twice."""
    (kind,) = (kind for kind in KEY_KINDS if kind.name == WHOLE_NAME)
    hashed = {"given": hash_texts("given", given), "surname": hash_texts("surname", surname)}
    name, record = records_between(opened, kind, key_of(kind, hashed))
    rows = opened.records[record]
    # A key is also that of a part of a double surname: only those count whose name is this one.
    groups, surnames = (
        pc.index_in(texts, value_set=opened.words[column]).fill_null(-1).to_numpy()[name]
        for texts, column in ((given, "n_given_group"), (surname, "n_surname_key"))
    )
    same = (rows["n_given_group"] == groups) & (rows["n_surname_key"] == surnames)
    packed: npt.NDArray[np.uint64] = name[same].astype(np.uint64) << _HALF | rows["person"][same]
    return packed
