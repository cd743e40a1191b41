#!/bin/sh
# pyrage 1.4.0 (age, rage): encrypting the same bytes to the same recipient gives files of many lengths: the
# header carries a random stanza of random length against ossified readers. Who seals answers of one length
# so that they look alike must not compare or promise lengths of age files.
# Seen: 100 bytes, 60 times: more than ten different lengths, from about 330 to 475 bytes.
# Ostiary: seals with HPKE, whose length depends on the plaintext's alone.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    pyrage==1.4.0
PYTHONPATH=$folder python3 - <<'END'
import pyrage
to = pyrage.x25519.Identity.generate().to_public()
lengths = {len(pyrage.encrypt(bytes(100), [to])) for _ in range(200)}
print(len(lengths), min(lengths), max(lengths))
assert len(lengths) > 10
END
