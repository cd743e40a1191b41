"""How each fact is derived: the formulas that facts declare, with a version and a digest.

Rules are only as good as the facts beneath them, and no proof about rules reaches a formula here;
so a formula is changed with a new version and tested on its own. Formulas are DuckDB SQL over:

* ``r`` one request: its typed columns, and the standard columns of names and addresses;
* ``d`` the days: ``received``, ``disclosed`` (may be NULL) and ``day`` (the later one known);
* ``a``, ``s``, ``g`` the rows of agencies, signers and safeguards that speak for the request;
* ``e`` the ranks that its signer held in whatever agency;
* ``k`` what notices, arrangements and agreements amount to for its agency, ``z`` its row where
  an act suspends disclosures to it;
* ``m`` how many people are asked about in its matter;
* ``w`` counts over its recipients, ``y`` how many share its reason, ``n`` the rows of the file;
* ``x`` what registers say of the provisions that it names, of leave and notice, and of its person
  (``lookups``).
"""

import hashlib
import json

from ostiary.deciding.standardisation import standard_digest
from ostiary.deciding.standardisation.vocabulary.nicknames import SHARED_FORMS
from ostiary.deciding.standardisation.vocabulary.transliterations import GIVEN_PAIRS, SURNAME_PAIRS
from ostiary.domain.facts import VOCABULARY

DERIVATIONS_VERSION = "11"

# Names that stand for one another when a record is compared: no standard form shows them.
EQUAL_NAMES = {
    "shared": {short: sorted(names) for short, names in SHARED_FORMS.items()},
    "given": sorted(GIVEN_PAIRS),
    "surname": sorted(SURNAME_PAIRS),
}

DERIVATIONS = {fact.name: fact.formula for fact in VOCABULARY.values()}


def derivations_digest() -> str:
    """Name the formulas, the standard form beneath them, and the names that count as equal.

    It enters the accounting with the law. No proof about the rules sees a change here, so the log
    must.
    """
    meaning = {
        "version": DERIVATIONS_VERSION,
        "formulas": DERIVATIONS,
        "standard": standard_digest(),
        "equal_names": EQUAL_NAMES,
    }
    text = json.dumps(meaning, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
