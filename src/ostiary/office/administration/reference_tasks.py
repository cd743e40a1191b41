"""The reference file on a page's order: what a load would change, the load, the way back.

Files to load lie in ``OFFICE/incoming``, open to the owner alone: uploaded, or put there by whoever
has the machine. Before a load the reference that is in place is kept beside it by links, which cost
no room while it is in use, so that one load can be taken back. A file that was loaded is removed.
"""

import os
import re
import shutil
from pathlib import Path
from typing import Any

from ostiary.deciding.matching.charts import WEIGHTS_PAGE, weights_page
from ostiary.deciding.matching.model import MODEL_FILE, drop_other_folders, open_model
from ostiary.deciding.matching.reference_integrity import check_reference
from ostiary.disk.durable import put_durably, sync_directory
from ostiary.disk.locks import alone
from ostiary.domain.errors import InputError, OfficeError
from ostiary.office.batches.reference_loading import (
    load_people,
    log_reference,
    try_loading,
)
from ostiary.office.batches.stages import OnStage
from ostiary.office.folder.layout import INCOMING, Office
from ostiary.office.folder.session import OfficeSession

_EARLIER = ".reference-before"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def incoming_files(office: Office) -> tuple[str, ...]:
    """Give the names of the files that can be loaded."""
    return tuple(
        sorted(
            one.name
            for one in _incoming(office).iterdir()
            if one.is_file() and not one.is_symlink() and _NAME.fullmatch(one.name)
        )
    )


def incoming_file(office: Office, name: str) -> Path:
    """Give one file that can be loaded.

    Raises:
        InputError: there is none of this name.
    """
    if name not in incoming_files(office):
        raise InputError(
            f"no such file lies in {INCOMING}", where=name[:100], cure="upload it, or put it there"
        )
    return _incoming(office) / name


def new_incoming_file(office: Office, name: str) -> Path:
    """Give where a file that is uploaded is to lie.

    Raises:
        InputError: the name will not do, or there is such a file.
    """
    if not _NAME.fullmatch(name):
        raise InputError(
            "a file to load is named by letters, digits, dots, hyphens and underscores",
            cure="name it so, such as people-2025.parquet",
        )
    if name in incoming_files(office):
        raise InputError(
            f"a file of this name lies in {INCOMING} already",
            where=name,
            cure="remove that one first, or name yours otherwise",
        )
    return _incoming(office) / name


def remove_incoming_file(office: Office, name: str) -> None:
    """Remove a file that is not to be loaded after all: it holds people's data.

    Raises:
        InputError: there is none of this name.
    """
    path = incoming_file(office, name)
    path.unlink(missing_ok=True)  # another administrator was quicker
    sync_directory(path.parent)


def would_load(
    place: OfficeSession, file: str, *, extend: bool, on_stage: OnStage
) -> dict[str, Any]:
    """Say what a load would do, in people by kind of change; nothing is loaded."""
    path = incoming_file(place.office, file)
    return try_loading(place, path, extend=extend, on_stage=on_stage).counts()


def load(
    place: OfficeSession, file: str, expected: dict[str, int], *, extend: bool, on_stage: OnStage
) -> dict[str, Any]:
    """Load a file, if it does what was looked at; keep the reference that was there."""
    path = incoming_file(place.office, file)
    _keep(place.office)
    wanted = {name: many for name, many in expected.items() if name != "before"}
    done = load_people(place, path, extend=extend, replace=True, expected=wanted, on_stage=on_stage)
    path.unlink(missing_ok=True)
    return {"people": done["people"], "addresses": done["addresses"]}


def earlier(office: Office) -> dict[str, Any]:
    """Say what the reference holds that a way back would lead to.

    Raises:
        InputError: none is kept.
    """
    try:
        model = open_model(office.root / _EARLIER)
    except OfficeError:
        raise _none_kept() from None
    counts = model.counts
    return {"people": counts.people, "addresses": counts.addresses, "model": model.digest}


def take_back(place: OfficeSession) -> dict[str, Any]:
    """Put the reference that was there before the last load in place again; it is logged.

    Raises:
        InputError: none is kept.
        OfficeError: it is not as it was.
    """
    kept, reference = place.office.root / _EARLIER, place.office.reference
    told = earlier(place.office)
    check_reference(kept)
    with alone(place.office.root / ".loading"):
        model = open_model(kept)
        target = reference / model.folder.name
        shutil.rmtree(target, ignore_errors=True)
        _link(model.folder, target)
        sync_directory(reference)  # before anything names it
        put_durably(reference / MODEL_FILE, (kept / MODEL_FILE).read_bytes())
        drop_other_folders(reference, keep=target.name)
        put_durably(reference / WEIGHTS_PAGE, weights_page(model.learned, model.digest).encode())
        log_reference(place, model.digest, model.counts.people, model.counts.addresses)
    shutil.rmtree(kept)
    return told


def _keep(office: Office) -> None:
    """Keep the reference that is in place, by links; nothing where there is none."""
    kept = office.root / _EARLIER
    if not (office.reference / MODEL_FILE).is_file():
        return
    model = open_model(office.reference)
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(mode=0o700)
    _link(model.folder, kept / model.folder.name)
    shutil.copyfile(office.reference / MODEL_FILE, kept / MODEL_FILE)


def _link(source: Path, target: Path) -> None:
    """Lay out a folder again by links to the same files; they are never written again."""
    target.mkdir(parents=True)
    for one in source.iterdir():
        os.link(one, target / one.name)


def _incoming(office: Office) -> Path:
    folder = office.root / INCOMING
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _none_kept() -> InputError:
    return InputError(
        "no earlier reference is kept", cure="load the file that it was made of again"
    )
