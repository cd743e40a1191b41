#!/bin/sh
# http-message-signatures 3.0.0 (PyPI) and 1.0.6 (npm): two packages of one name sign requests as RFC 9421 has it. Where
# what is signed is one member of a dictionary field ("x-share";key="q"), its value is written anew by RFC 8941, and a
# decimal keeps its point: 1.0 is 1.0. The one has it so; the other reads it into a number of JavaScript, writes 1, and
# finds that the signature of an unchanged request does not hold. With q=1, q=0.5 or the whole field it does.
# Seen: true for q=1, false for q=1.0, true for q=0.5 and for the whole field with 1.0
# Ostiary: the signatures of its notices (RFC 9421) have integers and strings, no decimals.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" \
  http-message-signatures==3.0.0 http-sf==1.5.0 requests
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" http-message-signatures@1.0.6
PYTHONPATH=$folder python3 -W ignore - > "$folder/signed.json" <<'END'
import datetime
import json
import http_message_signatures
import requests


class Keys(http_message_signatures.HTTPSignatureKeyResolver):
    def resolve_public_key(self, key_id):
        return b"k" * 32

    def resolve_private_key(self, key_id):
        return b"k" * 32


signed = []
whole, member = "x-share", '"x-share";key="q"'
for value, covered in [("q=1", member), ("q=1.0", member), ("q=0.5", member), ("q=1.0", whole)]:
    request = requests.Request("GET", "https://example.gov/records", headers={"X-Share": value}).prepare()
    http_message_signatures.HTTPMessageSigner(
        signature_algorithm=http_message_signatures.algorithms.HMAC_SHA256, key_resolver=Keys()
    ).sign(
        request,
        key_id="k",
        label="sig1",
        covered_component_ids=["@method", covered],
        created=datetime.datetime.now(datetime.timezone.utc),
    )
    signed.append({"method": request.method, "url": request.url, "headers": dict(request.headers)})
print(json.dumps(signed))
END
cd "$folder" && node - <<'END'
const assert = require('assert');
const { createVerifier, httpbis } = require('http-message-signatures');
const verify = createVerifier(Buffer.from('k'.repeat(32)), 'hmac-sha256');
const keyLookup = async () => ({ id: 'k', algs: ['hmac-sha256'], verify });
(async () => {
  const found = [];
  for (const request of JSON.parse(require('fs').readFileSync('signed.json'))) {
    found.push(await httpbis.verifyMessage({ keyLookup }, request));
  }
  console.log(found);
  assert.deepStrictEqual(found, [true, false, true, true]);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
END
