"""A token in software (SoftHSM2), made anew for the tests in a folder of their own."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

PIN, OFFICERS_PIN = "2468", "1357"


@dataclass(frozen=True)
class SoftToken:
    """A token.

    Attributes:
        uri: names it.
        pin_file: holds its PIN.
    """

    uri: str
    pin_file: Path


def module_path() -> Path | None:
    """Find SoftHSM2's module; None where it is not installed."""
    found = shutil.which("softhsm2-util")
    return next(Path("/usr/lib").rglob("libsofthsm2.so"), None) if found else None


def open_store(folder: Path) -> None:
    """Have this process keep its tokens in a folder; call it before any is opened."""
    (folder / "tokens").mkdir(parents=True)
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)


def new_token(folder: Path, label: str, *, pin: str = PIN) -> SoftToken:
    """Make a token, and a file that holds what is said to be its PIN."""
    making = ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN]
    subprocess.run([*making, "--so-pin", OFFICERS_PIN], check=True, stdout=subprocess.DEVNULL)
    file = folder / f"{label}.pin"
    file.write_text(f"{pin}\n")
    file.chmod(0o600)
    return SoftToken(f"pkcs11:token={label}?module-path={module_path()}&pin-source={file}", file)
