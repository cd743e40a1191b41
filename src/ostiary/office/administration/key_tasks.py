"""New keys for the log as a task of administrators: looked at by one, done by another.

Keys in a token stay a command's work: what opens the token is for no browser.
"""

from collections.abc import Mapping
from typing import Any

from ostiary.domain.errors import InputError
from ostiary.office.batches.stages import OnStage
from ostiary.office.folder.keyring import token_of
from ostiary.office.folder.rotation import rotate_keys, show_keys
from ostiary.office.folder.session import OfficeSession
from ostiary.office.release.delivery import prove_again
from ostiary.verifying.answers.trust import TRUST_FILE

STOLEN = "yes"
_PRESENT = "fingerprint of the present keys"


def would_rotate(
    place: OfficeSession, _asked: Mapping[str, str], _on_stage: OnStage
) -> dict[str, Any]:
    """Say which keys would sign for the last time.

    Raises:
        InputError: they lie in a token.
    """
    if token_of(place.office.keys, "log"):
        raise InputError(
            "the log's keys lie in a token, which no page reaches",
            cure="run `ostiary accounting rotate-key OFFICE` where the token is",
        )
    return {
        _PRESENT: show_keys(place).fingerprint,
        "witnesses to be given the new keys": len(place.office.config.accounting.witnesses),
    }


def rotate(
    place: OfficeSession, asked: Mapping[str, str], looked: Mapping[str, Any], on_stage: OnStage
) -> dict[str, Any]:
    """Give the log new keys, publish by them, and prove each answer again.

    Raises:
        InputError: the keys are no longer those that were looked at.
    """
    now = would_rotate(place, asked, on_stage)
    if now[_PRESENT] != looked[_PRESENT]:
        raise InputError("the keys have changed since they were looked at", cure="begin it again")
    on_stage("changing the keys")
    done = rotate_keys(place, stolen=asked.get("stolen") == STOLEN)
    place.publish(ask_again=True)
    on_stage("proving answers again")
    return {
        "entries that the old keys signed": done.last.size,
        "answers with a proof by the new keys": prove_again(place),
        "fingerprint of the new keys": done.trust.fingerprint,
        "next": (
            f"hand accounting/{TRUST_FILE} out anew, by a way that both sides trust; have its"
            " fingerprint compared; give the witnesses the new keys"
        ),
    }
