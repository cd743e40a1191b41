"""A small submission through the corridor as values: no table is made, no statement planned.

Of what programs send, nearly all is a request or a few, each of which the law returns or leaves to
a person; nobody is looked for. To ask a hundred statements about them takes 150 ms of processor
time, however few they are. So they are read, ruled on, recorded and answered in Python: standard
form, facts and law are the same generated functions that a small file is decided by, and
what is stored comes from the same functions too.

What comes up rarely is not written a second time. Before anything is stored it shows whether a
request has to go by tables, and then all of them do: a value in doubt, a row that cannot be read,
an id that came before, a record that may be looked at at once, decoys that have to be drawn. That
hangs on what was asked, on the law and on what the same agency asked before, never on who is on
file. A test holds the two ways together.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from ostiary.deciding.decoys.controlled import are_ready
from ostiary.deciding.decoys.kept import manner_of_few
from ostiary.deciding.intake.facts_of_few import FiledRequest, matters_named
from ostiary.deciding.intake.facts_of_few import History as Remembered
from ostiary.deciding.intake.request_rows import RequestRows
from ostiary.deciding.intake.values_of_few import ReadValue, filed_values, read_values
from ostiary.deciding.law.findings import findings_texts
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.matching.model import Model, open_model
from ostiary.deciding.matching.reference_integrity import check_reference
from ostiary.domain.words import Stage
from ostiary.office.batches.admission import Admission, counted_few
from ostiary.office.batches.asking_of_one import InDoubtError
from ostiary.office.batches.batch_entries import BatchFacts
from ostiary.office.batches.batch_folder import Afterwards, finish_batch, lay_out
from ostiary.office.batches.committing import BatchRows, commit_batch
from ostiary.office.batches.few_as_values import RuledRequest, ruled_requests, stored_values
from ostiary.office.batches.few_files import proposed_ids, write_values
from ostiary.office.batches.overtaking import CountedBy, History, Turn
from ostiary.office.batches.recorded_few import SeveralWaysError
from ostiary.office.batches.request_sources import digest_of
from ostiary.office.batches.stages import Stages
from ostiary.office.batches.summaries import BatchSummary
from ostiary.office.batches.verification import rules_settled
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.folder.session import OfficeSession
from ostiary.office.rulings.few_requests import MOST, AdmittedFew, FewRequests
from ostiary.office.rulings.permitted_looks import Looks, day_of_look, looks_of_few
from ostiary.office.rulings.register_days import REGISTER_DAYS
from ostiary.verifying.log.commitments import new_salts

_BEFORE: Final = 1  # entries of a batch that stand before those of its requests


class DecidedValues(NamedTuple):
    """What the law made of the requests of a submission.

    Attributes:
        requests: in their order.
        admission: how they fared.
        looks: what the accepted ones wait for.
        manner: of those that wait, for the decoys of a later look.
        model: digest of the reference and the rules of matching.
        proposed: new ids by row, for those that are returned.
    """

    requests: list[RuledRequest]
    admission: Admission
    looks: Looks
    manner: tuple[int, ...]
    model: str
    proposed: dict[int, str]


def decide_values(
    place: OfficeSession, asked: RequestRows, law: CurrentLaw, received: date, stages: Stages
) -> DecidedValues:
    """Read requests and have the law decide each; nothing is stored.

    Raises:
        InDoubtError: they have to go by tables.
        OfficeError: there is no reference, or a file of it is not the one that its model names.
    """
    secret = place.secret_text()
    with stages.stage("reading"):
        read = _read(asked, place.office.config.limits.file_rows)
    with stages.stage("standardising"):
        filed = list(filed_values(read, secret))
    with stages.stage("repeats"):
        _check_new(place, filed)
    with stages.stage("facts"):
        few = FewRequests(
            filed, _remembered(place, filed), partial(REGISTER_DAYS.of, law.registers)
        )
        day = Day(Stage.ADMISSION, received)
        ruled = few.ruled(law.book, day)
    with stages.stage("law"):
        findings = findings_texts(law.book, [(one.mask, one.facts) for one in ruled], day.of)
    with stages.stage("elements"):
        looked_on = day_of_look(place, received)
        looks, waiting = looks_of_few(law, received, looked_on, AdmittedFew(few, ruled))
        if looks.looked_at:
            raise InDoubtError
    with stages.stage("matching"):
        check_reference(place.office.reference)
        model = open_model(place.office.reference)
        awaits = {one.row: one.awaits for one in waiting}
        manner = _manner(place, [one for one in filed if one.row in awaits], model)
    try:
        told = ruled_requests(read, filed, ruled, findings, awaits, new_salts(len(read)))
    except SeveralWaysError:
        raise InDoubtError from None
    with stages.stage("mending"):
        proposed = proposed_ids(told, place.store.known_requests)
    return DecidedValues(told, counted_few(law, ruled), looks, manner, model.digest, proposed)


def _read(asked: RequestRows, most: int) -> list[ReadValue]:
    """Read them; where they are more than the office takes, the tables say so.

    Raises:
        InDoubtError: not all of them can be read here.
    """
    read = read_values(asked, min(most, MOST))
    if read is None:
        raise InDoubtError
    return read


def _check_new(place: OfficeSession, filed: Iterable[FiledRequest]) -> None:
    """See that none of the requests came before.

    Raises:
        InDoubtError: one of them did.
    """
    ids = ((one.request["agency"] or "", one.request["request_id"] or "") for one in filed)
    if any(True for _ in place.store.known_requests(ids)):
        raise InDoubtError


def _remembered(place: OfficeSession, filed: Iterable[FiledRequest]) -> Remembered:
    digests = {one.reason_digest for one in filed if one.reason_digest is not None}
    return Remembered(
        place.store.open_matters(matters_named(filed)), place.store.shared_among(digests)
    )


def _manner(place: OfficeSession, waiting: list[FiledRequest], model: Model) -> tuple[int, ...]:
    """Give the manner of those that wait; see :func:`.batches.verification.ready_decoys`.

    Raises:
        InDoubtError: their decoys have to be drawn.
    """
    told = ((one.name.n_middle, one.request["birth_date"], one.request["tin"]) for one in waiting)
    manner = manner_of_few(list(told))
    if manner:
        earlier = rules_settled(place, sorted({one.request["agency"] or "" for one in waiting}))
        if not are_ready(model, manner, earlier, place.office.secret()):
            raise InDoubtError
    return manner


def commit_values(
    place: OfficeSession,
    asked: RequestRows,
    law: CurrentLaw,
    received: date,
    history: History,
    found: DecidedValues,
) -> BatchFacts:
    """Commit a submission and its entries, its folder laid out before.

    Raises:
        OvertakenError: what was stored meanwhile is counted with it; nothing changed.
        LawChangedError: the law was changed meanwhile; nothing changed.
    """
    requests = found.requests
    facts = _facts(place, asked, law, received, found)
    provisions = frozenset(one.cites for one in law.book.instruments)

    def settled() -> BatchFacts:
        history.check(partial(CountedBy.of_values, [one.filed for one in requests]))
        return facts

    def stored(named: BatchFacts, first: int, number: int) -> BatchRows:
        secret = place.secret_text()
        return stored_values(requests, named, provisions, secret, first, number)

    def lay(named: BatchFacts, first: int) -> Callable[[], Path]:
        write = partial(
            write_values,
            requests=requests,
            origin=place.origin,
            first=first + _BEFORE,
            size=first + _BEFORE + len(requests) + len(named.looks.awaited),
            proposed=found.proposed,
        )
        return partial(lay_out, place, named, write)

    return commit_batch(place, law, asked.name, settled, lay, stored)


def _facts(
    place: OfficeSession,
    asked: RequestRows,
    law: CurrentLaw,
    received: date,
    found: DecidedValues,
) -> BatchFacts:
    return BatchFacts(
        batch="",
        at=place.moment.at,
        received=received,
        file_digest=digest_of(asked),
        file_salt=new_salts(1)[0],
        admission=found.admission,
        repeats=0,
        book=law.name,
        model=found.model,
        looks=found.looks,
        manner=found.manner,
    )


def run_by_values(
    place: OfficeSession, asked: RequestRows, received: date, stages: Stages, turn: Turn
) -> tuple[CurrentLaw, BatchFacts]:
    """Decide and commit a submission as :func:`.batches.running.run_batch` does.

    Returns:
        The law, and the batch; what follows the commit is left to do.

    Raises:
        InDoubtError: it has to go by tables; nothing has been stored.
        OvertakenError: as :func:`commit_values`.
    """
    history = History.of(place)
    with stages.stage("registers"):
        law = place.law_alone()
    found = decide_values(place, asked, law, received, stages)
    with stages.stage("accounting"), turn():
        return law, commit_values(place, asked, law, received, history, found)


def finish_values(
    place: OfficeSession,
    law: CurrentLaw,
    batch: BatchFacts,
    stages: Stages,
    afterwards: Afterwards,
) -> BatchSummary:
    """Publish, and add to the folder what is known only then."""
    with stages.stage("publishing"):
        checkpoint = place.publish()
    return finish_batch(place, law, batch, stages, checkpoint, [], afterwards)
