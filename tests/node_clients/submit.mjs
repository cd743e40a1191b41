// Gets a token and submits a request by two clients of OAuth that are not ours; nothing is set up
// but the office's address, the program's id and its key. What was answered is printed as JSON.
//
//   node submit.mjs ADDRESS PROGRAM < KEY.jwk
import { readFileSync } from "node:fs";
import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto;
const oauth = await import("oauth4webapi");
const openid = await import("openid-client");

const [address, program] = process.argv.slice(2);
const { kty, crv, x, d } = JSON.parse(readFileSync(0, "utf8"));
const key = await crypto.subtle.importKey("jwk", { kty, crv, x, d }, "Ed25519", false, ["sign"]);
const requests = new URL(`${address}/api/v1/requests`);

function submission(id) {
  const headers = new Headers({ "content-type": "application/json", "idempotency-key": `key-of-${id}` });
  return [headers, JSON.stringify({ requests: [{ request_id: id, surname: "Sample" }] })];
}

async function byOpenidClient() {
  const config = await openid.discovery(
    new URL(address), program, undefined, openid.PrivateKeyJwt(key),
    { algorithm: "oauth2", execute: [openid.allowInsecureRequests] },
  );
  const DPoP = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair("ES256"));
  const { access_token: token } = await openid.clientCredentialsGrant(config, {}, { DPoP });
  const [headers, body] = submission("openid-client");
  const answered = await openid.fetchProtectedResource(
    config, token, requests, "POST", body, headers, { DPoP },
  );
  return await answered.json();
}

const local = { [oauth.allowInsecureRequests]: true };

// The library says where the office asks for a nonce, and has kept it: the call goes once more.
async function withNonce(call) {
  try {
    return await call();
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error;
    return await call();
  }
}

async function byOauth4webapi(as, client) {
  const proofs = await oauth.generateKeyPair("ES256");
  const DPoP = oauth.DPoP({ client_id: client }, proofs);
  const { access_token: token } = await withNonce(async () => {
    const asked = await oauth.clientCredentialsGrantRequest(
      as, { client_id: client }, oauth.PrivateKeyJwt(key), new URLSearchParams(), { DPoP, ...local },
    );
    return await oauth.processClientCredentialsResponse(as, { client_id: client }, asked);
  });
  const [headers, body] = submission("oauth4webapi");
  const send = () =>
    oauth.protectedResourceRequest(token, "POST", requests, headers, body, { DPoP, ...local });
  return await (await withNonce(send)).json();
}

const issuer = new URL(address);
const found = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...local });
const as = await oauth.processDiscoveryResponse(issuer, found);
const refused = await byOauth4webapi(as, "nobody").catch(({ name, status, error }) => ({ name, status, error }));
const said = { openid: await byOpenidClient(), oauth: await byOauth4webapi(as, program), refused };
console.log(JSON.stringify(said));
