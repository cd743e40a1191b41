"""Would the office still open with a file as somebody wants it? Asked of the office's own readers.

The office's registers and orders are copied into a private folder, the changed file in its place,
and read as any step of any program reads them. Keys are read as keys, settings as settings. What
the readers refuse is refused here in their own words, and nothing in the office is touched.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import BookError, InputError, OfficeError
from ostiary.domain.register_columns import KEY_COLUMNS
from ostiary.domain.registered_keys import RegisteredKey
from ostiary.office.administration.governed_files import SETTINGS, GovernedFile, Kind, orders_of
from ostiary.office.administration.new_rows import Known, check_new_rows
from ostiary.office.administration.register_rows import read_rows
from ostiary.office.counsel.replay import replay
from ostiary.office.folder.config import OfficeConfig, read_config
from ostiary.office.folder.known_keys import seen_keys
from ostiary.office.folder.law_in_force import CurrentLaw, read_law
from ostiary.office.folder.layout import Office
from ostiary.office.folder.session import OfficeSession, scratch_folder
from ostiary.verifying.keys.files import (
    Profile,
    PublicKey,
    read_sealing_text,
    read_verifying_text,
)
from ostiary.verifying.keys.profiles import check_profile

LARGEST = 2_000_000  # bytes of a register, an order or the settings
_FIXED = ("origin", "profile", "training", "database")


@dataclass(frozen=True, slots=True)
class Trial:
    """What the office's readers say of a file that they take.

    Attributes:
        pending: keys in the registers that would count for nothing until two officers have
            accepted them, and that do not wait already.
    """

    pending: tuple[RegisteredKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """What an order would have made of the past; no request is named.

    Attributes:
        changes: status before, status after, and how many requests.
        answers: how many answers left that would not.
        untold: files of whose facts some were destroyed, so that nobody can tell.
    """

    changes: tuple[tuple[str, str, int], ...]
    answers: int
    untold: int


def tried(place: OfficeSession, file: GovernedFile, content: bytes | None) -> Trial:
    """Read the office's files with one of them as somebody wants it; None takes it away.

    Raises:
        InputError: the readers refuse it; ``where`` names the row and column.
    """
    if content is not None and len(content) > LARGEST:
        raise InputError("the file is too large", cure=f"at most {LARGEST:,} bytes are taken")
    with scratch_folder(place.office.root) as folder, _in_own_words(folder):
        if file.kind is Kind.SETTINGS:
            return _tried_settings(place.office, folder, content)
        return _tried_law(place, folder, file, content)


def known_here(office: Office) -> Known:
    """Give what new rows of an office's registers are held to."""
    return Known(orders_of(office), training=office.config.training)


def _tried_settings(office: Office, folder: Path, content: bytes | None) -> Trial:
    if content is None:
        raise InputError("an office has settings", cure="edit them; they cannot be taken away")
    (folder / SETTINGS).write_bytes(content)
    wanted = read_config(folder / SETTINGS)
    for name in _FIXED:
        _check_same(office.config, wanted, name)
    return Trial()


def _check_same(now: OfficeConfig, wanted: OfficeConfig, name: str) -> None:
    if getattr(now, name) != getattr(wanted, name):
        raise OfficeError(
            f"`{name}` is not changed on a page: the log, the keys or the cases hang on it",
            cure="leave the line as it is",
        )


def _tried_law(
    place: OfficeSession, folder: Path, file: GovernedFile, content: bytes | None
) -> Trial:
    office = place.office
    copies = {Kind.REGISTER: folder / "registers", Kind.ORDER: folder / "orders"}
    shutil.copytree(office.registers, copies[Kind.REGISTER])
    shutil.copytree(office.orders, copies[Kind.ORDER])
    target = copies[file.kind] / file.name
    if content is None:
        target.unlink(missing_ok=True)
    else:
        target.write_bytes(content)
    with place.scratch() as con:
        law = read_law(con, registers=[copies[Kind.REGISTER]], orders=copies[Kind.ORDER])
        if content is not None:
            _check_keys(file, content, office.config.profile)
        if file.kind is Kind.REGISTER:
            check_new_rows(file.register, file.content(), content, known_here(office))
        seen = seen_keys(place.store)
        waiting = law.under(office.config.deciding()).beside(seen, place.moment.today).pending
        now = _law_now(place, con)
    if file.register == "court_notices":  # an order that wants more than was given binds at once
        _refuse_new_short_notices(law, now)
    return Trial(tuple(sorted(waiting - (now.pending if now else frozenset()))))


def _law_now(place: OfficeSession, con: duckdb.DuckDBPyConnection) -> CurrentLaw | None:
    """Read the law as it stands; None where it cannot be read, which the file tried may mend."""
    try:
        return place.read_law(con)
    except BookError:
        return None


def _refuse_new_short_notices(wanted: CurrentLaw, now: CurrentLaw | None) -> None:
    """Refuse a notice that is less than its order wants, unless it stands in the office already.

    One that stands is no notice and stops nothing: of two such rows each can be mended alone.
    """
    standing = now.short if now else ()
    for one in wanted.short:
        if one not in standing:
            raise InputError(one.message, where=f"court_notices.csv, {one.where}", cure=one.cure)


def effect_on_the_past(place: OfficeSession, file: GovernedFile, content: bytes | None) -> Effect:
    """Decide every past request again with an order as somebody wants it; None takes it away.

    Raises:
        InputError: the order cannot be used.
    """
    with scratch_folder(place.office.root) as folder, _in_own_words(folder):
        orders = folder / "orders"
        shutil.copytree(place.office.orders, orders)
        if content is None:
            (orders / file.name).unlink(missing_ok=True)
        else:
            (orders / file.name).write_bytes(content)
        found = replay(place, orders=orders)
    return Effect(
        changes=tuple((one["before"], one["after"], one["requests"]) for one in found["changes"]),
        answers=len(found["affected_answers"]),
        untold=len(found["untold_batches"]),
    )


_A_KEY = (
    "enter the public key as one line of base64, as"
    " `openssl pkey -in KEY.pem -pubout -outform DER | base64 -w0` prints it"
)
_READ_AS: Mapping[str, Callable[..., PublicKey]] = {
    name: read_sealing_text if column == "encryption_key" else read_verifying_text
    for name, column in KEY_COLUMNS.items()
}


def _check_keys(file: GovernedFile, content: bytes, profile: Profile) -> None:
    """Read each public key as what it is to be, before anybody relies on it."""
    register = file.register
    if register not in KEY_COLUMNS:
        return
    column, found = KEY_COLUMNS[register], read_rows(register, content)
    for number, _ in enumerate(found.rows):
        text = found.row(number).get(column, "").strip()
        where = f"{file.name} row {number + 1} column {column}"
        if text:
            _check_key(register, text, profile, where)


def _check_key(register: str, text: str, profile: Profile, where: str) -> None:
    """Refuse a key that is none, or is none of the office's profile, with how one is written."""
    try:
        check_profile(_READ_AS[register](text, where=where), profile, where=where)
    except InputError as error:
        raise InputError(error.message, where=where, cure=error.cure or _A_KEY) from None


@contextmanager
def _in_own_words(folder: Path) -> Iterator[None]:
    """Name the row, not the private folder that the readers were shown."""
    names = (f"{folder}/registers/", f"{folder}/orders/", f"{folder}/", f"{shipped_book()}/")

    def told(text: str) -> str:
        for name in names:
            text = text.replace(name, "")
        return text

    try:
        yield
    except InputError as error:
        raise InputError(
            told(error.message), where=told(error.where), cure=told(error.cure)
        ) from None
    except UnicodeDecodeError:
        raise InputError("the file is not text in UTF-8") from None
