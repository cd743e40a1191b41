"""``accounting rotate-key``: the log gets new keys, and the old ones sign that it does."""

from pathlib import Path
from typing import Any

import click

from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, say
from ostiary.office.folder import rotation
from ostiary.office.recovery import entering
from ostiary.office.release import delivery
from ostiary.verifying.answers import trust


@click.command("rotate-key")
@arg.office
@click.option(
    "--stolen",
    is_flag=True,
    help="The present keys were stolen: nothing more of them is to be believed.",
)
@as_json
def rotate_key(office: Path, stolen: bool, as_json: bool) -> None:
    """Give the log new keys; the old ones sign the change, and nothing after it.

    Hand out accounting/custodian.pub anew, by a way that both sides trust, and give the witnesses
    the new keys. Whoever has the new file refuses what an old key signs beyond the change.
    """
    with entering.at_work(office) as place:
        done = rotation.rotate_keys(place, stolen=stolen)
        signed = place.publish(ask_again=True)
        again = delivery.prove_again(place)
    summary = {
        "office": str(office),
        "changed_at": done.last.size,
        "root": done.last.root.hex(),
        "stolen": stolen,
        "old_keys": [key.vkey for key in done.old],
        "new_keys": [key.vkey for key in done.new],
        "signed_by_new_keys": signed.size,
        "answers_proven_again": again,
        "fingerprint": done.trust.fingerprint,
    }
    emit(summary, as_json=as_json, text=lambda: _show(summary))


def _show(summary: dict[str, Any]) -> None:
    say(f"the old keys signed {summary['changed_at']:,} entries, and nothing after them")
    say(f"log    {summary['new_keys'][0]}")
    say(f"keys   {summary['fingerprint']}")
    say(f"       (the fingerprint of accounting/{trust.TRUST_FILE}, for recipients to compare)")
    say(f"{summary['answers_proven_again']:,} answers have a proof that the new keys signed")
    say("next: hand the key file out anew, and give the witnesses the new keys")
