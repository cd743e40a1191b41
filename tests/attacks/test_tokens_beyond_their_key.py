"""Attack: a program speaks by a key that no longer counts, or for an agency that it is not of.

And beside it what must not be taken for an attack: a clock that is a minute off.
"""

import time

import pytest

from officers import accept_keys, desk_on
from ostiary.faces.api.problems import ProblemError
from ostiary.faces.api.tokens import APART, caller_of
from ostiary.verifying.client import RefusedError
from ostiary.verifying.client.signing import assertion, jose_key
from ostiary.verifying.keys.files import key_text, new_signing_key
from programs import ICE, OTHER, OTHER_PROGRAM, PROGRAM, program, register


def registered(site, *rows):
    register(
        site.office.root, *((name, agency, key_text(k.public_key())) for name, agency, k in rows)
    )


def test_a_token_ends_with_the_key_that_signed_for_it(served):
    """Whoever had the key for a moment is shut out when officers accept the one in its place."""
    site, keys = served
    thief = program(site, PROGRAM, keys[PROGRAM])
    number = next(iter(site.office.store.queue())).id
    entry = site.office.store.request(number).entry_index
    assert thief.status(entry).entry == entry
    new = new_signing_key()
    registered(site, (PROGRAM, ICE, new), (OTHER_PROGRAM, OTHER, keys[OTHER_PROGRAM]))
    with desk_on(site.office.root) as (place, _):
        accept_keys(place)
    assert program(site, PROGRAM, new).status(entry).entry == entry
    with pytest.raises(RefusedError, match="401"):
        thief.status(entry)


@pytest.mark.parametrize("first", [0, 1])
def test_one_id_with_two_agencies_speaks_for_that_whose_key_signed(served, first):
    """Whichever stands first: else one agency's program would be let in as the other's."""
    site, keys = served
    rows = [(PROGRAM, ICE, keys[PROGRAM]), (PROGRAM, OTHER, keys[OTHER_PROGRAM])]
    registered(site, *(rows if first == 0 else rows[::-1]))
    here = f"{site.address}/api/v1/token"
    for _, agency, key in rows:
        said = assertion(PROGRAM, here, jose_key(key))
        try:
            assert caller_of(site, said, here).agency == agency
        except ProblemError:  # a register that lets no id stand twice shuts both out: as good
            assert len({row.agency for row in site.snapshot().clients}) < len(rows)


@pytest.fixture
def called(served, monkeypatch):
    """A call of a program whose clock is some seconds off; the office's clock stands still.

    At a whole second, for claims are whole seconds: so the bounds are met exactly.
    """
    site, keys = served
    here = int(time.time())
    number = next(iter(site.office.store.queue())).id
    entry = site.office.store.request(number).entry_index

    def call(off):
        client = program(site, PROGRAM, keys[PROGRAM])
        signing = client._send

        def send(*call):
            monkeypatch.setattr(time, "time", lambda: here)
            try:
                return signing(*call)
            finally:
                monkeypatch.setattr(time, "time", lambda: here + off)

        monkeypatch.setattr(client, "_send", send)
        monkeypatch.setattr(time, "time", lambda: here + off)
        return client.status(entry).entry == entry

    return call


@pytest.mark.parametrize("off", [-APART, APART])
def test_a_clock_that_is_a_minute_off_keeps_no_program_out(called, off):
    """The office's nonce says when a proof was made, by the office's own clock."""
    assert called(off)


def test_a_clock_that_is_further_ahead_keeps_a_program_out(called):
    with pytest.raises(RefusedError) as refused:
        called(APART + 1)
    assert refused.value.status in {400, 401}
