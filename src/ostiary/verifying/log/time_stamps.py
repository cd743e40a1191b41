"""Time-stamp tokens (RFC 3161): an authority's word that something was there by a moment.

What is stamped is a whole published checkpoint, signatures included. So the token shows, too, that
the log's key had signed it by then, even after that key has been stolen. Nothing here puts entries
in an order: the log's numbers do that, and no clock is asked.
"""

import hashlib
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.utils import CryptographyDeprecationWarning
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from ostiary.domain.errors import InputError
from ostiary.verifying.log.certificate_order import in_order
from ostiary.verifying.log.exchanges import UnreachableError, exchange
from ostiary.verifying.log.faults import StampError

MAX_TOKEN = 256 * 1024
"""Longest response of an authority in bytes."""

SECONDS = 20.0
_DIGESTS = {
    "2.16.840.1.101.3.4.2.1": hashlib.sha256,
    "2.16.840.1.101.3.4.2.2": hashlib.sha384,
    "2.16.840.1.101.3.4.2.3": hashlib.sha512,
}
_OK = 200


class OtherContentError(StampError):
    """A response is sound in form, and of another content than the one at hand."""


def stamp_query(content: bytes) -> bytes:
    """Give the query for a time-stamp of ``content``: SHA-256, a nonce, certificates wanted (DER).

    Its answer is a file that ``openssl ts -reply -queryfile`` and any authority give.
    """
    builder = TimestampRequestBuilder(content, HashAlgorithm.SHA256)
    return builder.build().as_bytes()


def ask_authority(address: str, content: bytes) -> bytes:
    """Have an authority stamp ``content`` (RFC 3161, section 3.4: over HTTP).

    Returns:
        Its response, which is of this content and answers this query.

    Raises:
        InputError: no such address, no answer, or a refusal.
        StampError: the response is of something else.
    """
    request = TimestampRequestBuilder(content, HashAlgorithm.SHA256).build()
    try:
        reply = exchange(
            "POST",
            address,
            seconds=SECONDS,
            limit=MAX_TOKEN,
            body=request.as_bytes(),
            kind="application/timestamp-query",
        )
    except UnreachableError as error:
        raise InputError(
            f"the time-stamp authority gave nothing: {error}",
            where=address,
            cure="try again later, or name another authority",
        ) from None
    if reply.status != _OK:
        raise InputError(f"the time-stamp authority answers {reply.status}", where=address)
    response = _read(reply.body)
    _check_content(response, content)
    if response.tst_info.nonce != request.nonce:
        raise StampError("the time-stamp answers another query")
    return reply.body


def stamped_content(token: bytes, content: bytes) -> datetime:
    """Check that a response is of this content, and give the moment it states.

    Its signature is not checked: without the authority's certificate it is nobody's word.

    Raises:
        StampError: it is no granted response, or of something else.
    """
    response = _read(token)
    _check_content(response, content)
    return response.tst_info.gen_time.astimezone(UTC)


_REFUSALS = (
    VerificationError,
    ValueError,
    UnsupportedAlgorithm,
    x509.AttributeNotFound,
    x509.DuplicateExtension,
    x509.ExtensionNotFound,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
    CryptographyDeprecationWarning,
)
"""What the libraries say of a response that does not hold."""


def check_token(token: bytes, content: bytes, authorities: Sequence[x509.Certificate]) -> datetime:
    """Check a response against the certificates of authorities, and give the moment it states.

    The signing certificate must be valid at that moment, be made for time-stamping alone, and lead
    to one of these certificates. Where the response does not carry it, it must be one of them.

    Raises:
        StampError: it does not hold.
    """
    response = _read(token)
    _check_content(response, content)
    carries = bool(response.signed_data.certificates)
    signers: list[x509.Certificate | None] = [None] if carries else list(authorities)
    why = "there is none"
    for signer in signers:
        try:
            _verify(response, content, authorities, signer)
        except _REFUSALS as error:
            why = str(error)
        else:
            return response.tst_info.gen_time.astimezone(UTC)
    raise StampError(f"the time-stamp is by no authority that you named ({why})")


def _verify(
    response: TimeStampResponse,
    content: bytes,
    authorities: Sequence[x509.Certificate],
    signer: x509.Certificate | None,
) -> None:
    """Verify a response; ``signer`` is the signing certificate, where it does not carry that."""
    verifier = VerifierBuilder(roots=list(authorities), tsa_certificate=signer).build()
    with warnings.catch_warnings():
        # A certificate in the response that breaks RFC 5280 is refused, not warned about; the
        # length of a part of somebody's name is nothing that a moment rests on.
        warnings.simplefilter("ignore", UserWarning)
        warnings.simplefilter("error", CryptographyDeprecationWarning)
        verifier.verify_message(response, content)


def read_authorities(pem: bytes, *, where: str) -> list[x509.Certificate]:
    """Read the certificates of authorities.

    Raises:
        InputError: there is none in the file.
    """
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError:
        raise InputError(
            "this is no certificate in PEM form", where=where, cure="name the authority's file"
        ) from None


def _read(token: bytes) -> TimeStampResponse:
    try:
        response = decode_timestamp_response(in_order(token))
    except ValueError:
        raise StampError("this cannot be decoded as a time-stamp response (RFC 3161)") from None
    try:
        response.tst_info  # noqa: B018 - it is there only when the stamp was granted
    except ValueError:
        raise StampError("this is no granted time-stamp response") from None
    return response


def _check_content(response: TimeStampResponse, content: bytes) -> None:
    imprint = response.tst_info.message_imprint
    digest = _DIGESTS.get(imprint.hash_algorithm.dotted_string)
    if digest is None or digest(content).digest() != imprint.message:
        raise OtherContentError("the time-stamp is of something else")
