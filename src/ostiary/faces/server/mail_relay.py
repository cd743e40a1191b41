"""Mails handed to an SMTP relay (RFC 5321), over TLS but on this very machine.

What a relay says is told to nobody: it may repeat an address. Of a failure its kind is told.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from ostiary.domain.errors import OfficeError, OstiaryError
from ostiary.office.folder.credentials import read_credential
from ostiary.office.folder.mail_config import Mail

TIMEOUT = 20.0
"""Seconds that a relay has for each answer."""


class MailFailedError(OstiaryError):
    """A relay did not take a mail.

    Attributes:
        of_one: whether the relay works and refused this one alone.
    """

    def __init__(self, message: str, *, of_one: bool = False) -> None:
        super().__init__(message)
        self.of_one = of_one


class Relay(Protocol):
    """A relay that is connected."""

    def send(self, message: EmailMessage) -> None:
        """Hand over one mail.

        Raises:
            MailFailedError: it was not taken.
        """


class _Connected:
    """An SMTP connection as a relay."""

    def __init__(self, connection: smtplib.SMTP) -> None:
        self._connection = connection

    def send(self, message: EmailMessage) -> None:
        try:
            self._connection.send_message(message)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError):
            raise MailFailedError("the relay refuses a mail", of_one=True) from None
        except smtplib.SMTPSenderRefused:
            raise MailFailedError("the relay refuses the office's address as a sender") from None
        except (smtplib.SMTPException, OSError):
            raise MailFailedError("the relay broke the connection off") from None


@contextmanager
def connected(mail: Mail, root: Path, own_name: str) -> Iterator[Relay]:
    """Connect to the relay for as long as the block lasts.

    Args:
        mail: the settings.
        root: folder of the office, from which files are named.
        own_name: host name of the office, by which it greets the relay.

    Raises:
        MailFailedError: it cannot be reached, has no TLS that can be trusted, or refuses the
            sign-in; or a file of the settings cannot be read.
    """
    connection = _opened(mail, root, own_name)
    try:
        yield _Connected(connection)
    finally:
        connection.close()


def _opened(mail: Mail, root: Path, own_name: str) -> smtplib.SMTP:
    trusted = _trusted(mail, root)
    try:
        if mail.security == "tls":
            return _signed_in(
                smtplib.SMTP_SSL(mail.host, mail.port, own_name, timeout=TIMEOUT, context=trusted),
                mail,
                root,
            )
        connection = smtplib.SMTP(mail.host, mail.port, own_name, timeout=TIMEOUT)
        if mail.security == "starttls":
            _begin_tls(connection, trusted)
        return _signed_in(connection, mail, root)
    except ssl.SSLError:
        raise MailFailedError("the relay has no certificate that can be trusted") from None
    except (smtplib.SMTPException, OSError):
        raise MailFailedError("the relay cannot be reached") from None


def _begin_tls(connection: smtplib.SMTP, trusted: ssl.SSLContext) -> None:
    """Go on over TLS, or not at all: nothing is sent to a relay that does not offer it."""
    try:
        connection.starttls(context=trusted)
    except smtplib.SMTPException:
        connection.close()
        raise MailFailedError("the relay does not offer TLS") from None


def _signed_in(connection: smtplib.SMTP, mail: Mail, root: Path) -> smtplib.SMTP:
    if not mail.user:
        return connection
    try:
        password = read_credential(root, mail.password_file, "password_file")
    except OfficeError:
        connection.close()
        raise MailFailedError("the file with the relay's password cannot be read") from None
    _sign_in(connection, mail.user, password)
    return connection


def _sign_in(connection: smtplib.SMTP, user: str, password: str) -> None:
    """Sign in at the relay; what goes wrong is told by who would see to it."""
    try:
        connection.login(user, password)
    except smtplib.SMTPAuthenticationError:
        why = "the relay refuses the user and password"
    except smtplib.SMTPNotSupportedError:
        why = "the relay offers no sign-in; leave `user` empty, or ask for one there"
    except UnicodeError:  # smtplib sends ASCII alone
        why = "the relay takes no user and password with letters beyond ASCII"
    except (smtplib.SMTPException, OSError):
        why = "the relay broke the connection off at the sign-in"
    else:
        return
    connection.close()
    raise MailFailedError(why)


def _trusted(mail: Mail, root: Path) -> ssl.SSLContext:
    try:
        found = ssl.create_default_context(cafile=root / mail.relay_ca if mail.relay_ca else None)
    except OSError:
        raise MailFailedError("the file with the relay's authority cannot be read") from None
    found.minimum_version = ssl.TLSVersion.TLSv1_2
    return found
