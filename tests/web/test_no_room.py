"""A call that the disk has no room for is refused as such, with nothing of it taken."""

import resource
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from waitress.adjustments import Adjustments

from ostiary.domain.errors import InputError
from ostiary.faces.server.one_reading import OneReadingParser
from ostiary.faces.web.filing import uploaded_file

PIECE, PIECES = b"x" * 8_192, 100
ADJUSTMENTS = Adjustments(inbuf_overflow=2 * len(PIECE))


@contextmanager
def room_for(many):
    """Let no file of this process grow beyond so many bytes, as a disk that is nearly full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (many, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("length", [f"Content-Length: {len(PIECE) * PIECES}", "chunked"])
def test_a_body_without_room_is_read_to_its_end_and_refused(length):
    """A client that still sends would not read the answer; of chunks no end is told."""
    chunked = length == "chunked"
    told = "Transfer-Encoding: chunked" if chunked else length
    piece = b"%x\r\n%b\r\n" % (len(PIECE), PIECE) if chunked else PIECE
    parser = OneReadingParser(ADJUSTMENTS)
    parser.received(f"POST / HTTP/1.1\r\nHost: x\r\n{told}\r\n\r\n".encode())
    taken = 0
    with room_for(30_000):
        while not parser.completed:
            assert parser.received(piece) == len(piece)
            taken += 1
    assert parser.error.code == 507
    assert taken == PIECES or chunked
    parser.close()


def test_an_upload_without_room_is_refused_and_leaves_nothing(site):
    before = sorted(site.office.root.rglob("*"))
    sent = SimpleUploadedFile("a.csv", PIECE * 9)
    with (
        room_for(30_000),
        pytest.raises(InputError, match="disk is full"),
        uploaded_file(site, sent),
    ):
        pass
    assert sorted(site.office.root.rglob("*")) == before
