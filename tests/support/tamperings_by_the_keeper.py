"""Tamperings by the keeper of the log's keys.

Everything is signed anew, and only the sense of it is false, or the memory of others.
"""

from tampered_log import CHECKPOINT, Case, Found, Tampering, backdated, entry, number_in


def fork_of_the_same_size(case: Case) -> Found:
    index = case.random.randrange(case.size)
    case.sign_with(index, backdated(case.log.entries[index]))
    return "fork", CHECKPOINT


def fork_that_grew(case: Case) -> Found:
    index = case.random.randrange(case.size)
    entries = [*case.log.entries[:index], *case.log.entries[index + 1 :]]
    case.sign([*entries, case.log.entries[0], case.log.entries[0]])
    return "fork", CHECKPOINT


def fork_without_witnesses(case: Case) -> Found:
    fork_of_the_same_size(case)
    return "witness", CHECKPOINT


def fork_before_a_stamp(case: Case) -> Found:
    """One stamp that the rewritten log does not extend is enough."""
    sizes = sorted(int(path.stem) for path in (case.folder / "timestamps").glob("*.tsr"))
    size = case.random.choice(sizes)
    index = case.random.randrange(size)
    case.sign_with(index, backdated(case.log.entries[index]))
    return "fork", f"timestamps/{size}.checkpoint"


def entry_backdated_and_signed(case: Case) -> Found:
    index = case.random.randrange(1, case.size)
    case.sign_with(index, backdated(case.log.entries[index]))
    return "clock", entry(index)


def published_figure_changed(case: Case) -> Found:
    index = case.entry_of("batch.received")
    figure = case.random.choice([b'"accepted":', b'"returned":', b'"suspended":', b'"rows":'])
    case.sign_with(index, case.log.entries[index].replace(figure, figure + b"1", 1))
    return "batch", entry(index)


def request_taken_back(case: Case) -> Found:
    """The batch's figures and root no longer hold."""
    index = case.entry_of("request.decided", b'"status":"returned"')
    body = case.log.entries[case.entry_of("law.adopted")]
    case.sign_with(index, body)
    return "batch", entry(case.entry_of("batch.received"))


def status_against_the_mask(case: Case) -> Found:
    index = case.entry_of("request.decided", b'"status":"accepted"')
    body = case.log.entries[index]
    case.sign_with(index, body.replace(b'"mask":"0"', b'"mask":"%x"' % (1 << index % 99)))
    return "status", entry(index)


def status_without_a_rule(case: Case) -> Found:
    index = case.entry_of("request.decided", b'"status":"returned"')
    head, mask, rest = case.log.entries[index].partition(b'"mask":"')
    case.sign_with(index, head + mask + b"0" + rest[rest.index(b'"') :])
    return "status", entry(index)


def vote_taken_away(case: Case) -> Found:
    """One of the two votes on an answer becomes a mere look at the case."""
    released = case.entry_of("answer.released")
    of = number_in(case.log.entries[released], b'"of":')
    decision = case.log.entries[released].partition(b'"decision":')[2][:73]
    vote = case.entry_of("answer.voted", decision)
    at = case.log.entries[vote].partition(b'"at":"')[2][:20]
    look = b'{"at":"%b","of":%d,"officer":"bert","type":"case.viewed","v":1}' % (at, of)
    case.sign_with(vote, look)
    return "approvals", entry(released)


def answer_replayed(case: Case) -> Found:
    """An answer that was released goes out once more, under another number or the same."""
    again = case.log.entries[case.entry_of("answer.released")]
    case.sign([*case.log.entries, again])
    return "release", entry(case.size)


def step_for_no_request(case: Case) -> Found:
    index = case.entry_of("record.examined")
    head, of, rest = case.log.entries[index].partition(b'"of":')
    refused = case.entry_of("request.decided", b'"status":"returned"')
    case.sign_with(index, head + of + b"%d" % refused + rest[rest.index(b",") :])
    return "reference", entry(index)


KEEPER: tuple[Tampering, ...] = (
    fork_of_the_same_size,
    fork_that_grew,
    fork_without_witnesses,
    fork_before_a_stamp,
    entry_backdated_and_signed,
    published_figure_changed,
    request_taken_back,
    status_against_the_mask,
    status_without_a_rule,
    vote_taken_away,
    answer_replayed,
    step_for_no_request,
)
