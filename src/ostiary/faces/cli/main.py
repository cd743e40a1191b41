"""``ostiary``: the command line. Exit status 0 done, 1 a fault was found, 2 bad input or usage."""

import atexit
import errno
import gc
import os
import re
import signal
import stat
import sys
import threading
from contextlib import suppress

import click

from ostiary import __version__
from ostiary.domain.errors import OstiaryError, StoppedError
from ostiary.faces.cli.command_table import ACCOUNTING, BOOK, COMMANDS
from ostiary.faces.cli.extras import missing_extra
from ostiary.faces.cli.lazy_group import LateGroup
from ostiary.faces.cli.lazy_modules import leave_library_modules_unread
from ostiary.office.batches.interruptions import is_interruption

_AGAIN = 0.05  # seconds
# A command reads a thousand modules and ends soon: what they hold was looked through for garbage
# again and again, a tenth of its work.
_RARELY = (100_000, 20, 100)
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# NumPy's `tofile` (2.4) raises an OSError of these words, without the number of the error
_CUT_SHORT = re.compile(r"[0-9]+ requested and [0-9]+ written")
_FULL = "the disk is full; nothing was left half done. Make room, then run the command again"
_NO_MEMORY = (
    "there is not memory enough for this, nor room to put aside what does not fit;"
    " nothing was left half done. Send the file in parts, or run it where there is more"
)
_INTERRUPTED = (
    "interrupted; nothing was left half done:"
    " what had been committed stands, the rest never happened"
)


@click.group(
    cls=LateGroup,
    table=COMMANDS,
    within={"accounting": ACCOUNTING, "book": BOOK},
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="ostiary")
def cli() -> None:
    """The doorkeeper for confidential tax records.

    Decides each request against the law before any record is read, verifies name and address
    against the custodian's file, lets two officers approve, answers with the least that the law
    allows, and proves everything that it did.
    """


class _WithoutPandas:
    """Arrow reads pandas, for two seconds, to ask of each value whether it is pandas'; none is."""

    def find_spec(self, name: str, *_: object) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


_UNRAISED = threading.Event()


def _interrupt_again(ignored: "sys.UnraisableHookArgs") -> None:
    """Let Ctrl-C count that struck where Python can raise nothing, as while an object is let go."""
    if not issubclass(ignored.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(ignored)
    elif not sys.is_finalizing():  # a moment later, or it would strike in here and be lost again
        _UNRAISED.set()
        while True:  # on a busy machine the moment is over before the thread has begun
            with suppress(KeyboardInterrupt):
                threading.Timer(_AGAIN, os.kill, (os.getpid(), signal.SIGINT)).start()
                return


def program() -> None:
    """Be the program `ostiary`: run the command line, and end as soon as it has ended.

    Python would take apart the thousand modules that were read, and look through them for garbage
    twice: a fifth of what a command of an office takes. So once threads have ended, files of its
    own are removed and all is written that was printed, the process ends. Whatever was not foreseen
    ends as ever.
    """
    ended: list[int] = []
    atexit.register(_end_now, ended)  # the first to be registered is the last to be called
    try:
        main()
    except SystemExit as done:
        if done.code is None or isinstance(done.code, int):
            ended.append(done.code or 0)
        raise


def _end_now(ended: list[int]) -> None:
    """End with the status that is given, where one is; else, or if nobody reads, end as ever."""
    with suppress(OSError, ValueError):
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
        if ended:
            os._exit(ended[0])


def main() -> None:
    """Run the command line; print each error once, for people, without a trace."""
    gc.set_threshold(*_RARELY)
    sys.meta_path.insert(0, _WithoutPandas())
    leave_library_modules_unread()
    sys.unraisablehook = _interrupt_again
    # An office that everybody may write is refused: none is made so, whatever the shell would let.
    os.umask(os.umask(stat.S_IWOTH) | stat.S_IWOTH)
    try:
        status = cli.main(prog_name="ostiary", standalone_mode=False)
        _interrupt_no_more()
    except (click.exceptions.Abort, KeyboardInterrupt):
        _end(_INTERRUPTED, 130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except OstiaryError as error:
        _end(*_told(error))
    except OSError as error:
        _end(_system_message(error), 2)
    except ModuleNotFoundError as error:
        told = missing_extra(error.name)
        if not told:
            raise
        _end(told, 2)
    except _engine_errors() as error:
        _end(_engine_message(error), 2)
    except Exception as error:
        if not (_UNRAISED.is_set() or is_interruption(error)):
            raise
        _end(_INTERRUPTED, 130)
    sys.exit(status if isinstance(status, int) else 0)


def _told(error: OstiaryError) -> tuple[str, int]:
    """Say what was wrong; SQLite asks Python what is allowed, and takes Ctrl-C there for a no."""
    if _UNRAISED.is_set() and not isinstance(error, StoppedError):
        return _INTERRUPTED, 130
    return str(error), error.exit_status


def _engine_errors() -> tuple[type[Exception], ...]:
    """What DuckDB raises for a file; most commands end without it having been read."""
    engine = sys.modules.get("duckdb")
    return (engine.IOException, engine.OutOfMemoryException) if engine else ()


def _engine_message(error: Exception) -> str:
    """Say what DuckDB could not read, write or hold; it tells the system's reason in words."""
    text = str(error)
    if type(error).__name__ == "OutOfMemoryException":
        return _NO_MEMORY
    if any(os.strerror(number) in text for number in _NO_ROOM):
        return _FULL
    return f"a file could not be read or written: {text.splitlines()[0]}"


def _interrupt_no_more() -> None:
    """Ctrl-C while Python ends would kill it with a signal, though all is done or told already."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _end(message: str, status: int) -> None:
    _interrupt_no_more()
    click.echo(f"ostiary: {message}", err=True)
    sys.exit(status)


def _system_message(error: OSError) -> str:
    """Say what the system refused, and where; a full disk by its name."""
    if error.errno in _NO_ROOM or _CUT_SHORT.fullmatch(str(error)):
        return _FULL
    where = f"{error.filename}: " if error.filename else ""
    said = os.strerror(error.errno) if error.errno else str(error)
    return f"{where}{(error.strerror or said).lower()}"
