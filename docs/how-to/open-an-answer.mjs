// Opens an answer of Ostiary without Ostiary: node open-an-answer.mjs ANSWER KEY.pem custodian.pub [TODAY]
// Node 18 or later, and nothing else. The format: docs/reference/sealed-answer.md.
//
// It prints the statement when everything holds, and ends with status 1 otherwise. Of the keys of the
// log it asks the first; a post-quantum key beside it, earlier keys and witnesses are not looked at.
import { createDecipheriv, createHash, createHmac, createPrivateKey, createPublicKey, diffieHellman, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'

const bytes = (text) => Buffer.from(text)
const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest()
const hmac = (key, ...parts) => createHmac('sha256', key).update(Buffer.concat(parts)).digest()
const two = (number) => Buffer.from([number >> 8, number & 255])
const der = (key) => key.export({ format: 'der', type: 'spki' })
const fromDer = (data) => createPublicKey({ key: data, format: 'der', type: 'spki' })
const spki = (prefix, raw) => fromDer(Buffer.concat([Buffer.from(prefix, 'hex'), raw]))
const must = (holds, what) => { if (!holds) throw new Error(what) }

const KEMS = {
  'DHKEM(X25519, HKDF-SHA256)': { id: 0x20, size: 32, prefix: '302a300506032b656e032100' },
  'DHKEM(P-256, HKDF-SHA256)': { id: 0x10, size: 65, prefix: '3059301306072a8648ce3d020106082a8648ce3d030107034200' },
}

// RFC 9180, section 4: the labelled steps of HKDF-SHA256. No output is longer than one block.
const labelled = (suite) => ({
  extract: (salt, label, input) => hmac(salt, bytes('HPKE-v1'), suite, bytes(label), input),
  expand: (secret, label, info, size) =>
    hmac(secret, two(size), bytes('HPKE-v1'), suite, bytes(label), info, Buffer.from([1])).subarray(0, size),
})

// RFC 9180, sections 4.1, 5.1 and 6.1: base mode, AES-256-GCM, the first message.
function unseal(sealed, key, info) {
  const kem = KEMS[sealed.kem]
  must(kem, 'seal: a key encapsulation that is not known here')
  const data = Buffer.from(sealed.ciphertext, 'base64')
  const enc = data.subarray(0, kem.size)
  const nothing = Buffer.alloc(0)
  const own = der(createPublicKey(key)).subarray(-kem.size)
  const inner = labelled(Buffer.concat([bytes('KEM'), two(kem.id)]))
  const dh = diffieHellman({ privateKey: key, publicKey: spki(kem.prefix, enc) })
  const shared = inner.expand(inner.extract(nothing, 'eae_prk', dh), 'shared_secret', Buffer.concat([enc, own]), 32)
  const outer = labelled(Buffer.concat([bytes('HPKE'), two(kem.id), two(1), two(2)]))
  const context = Buffer.concat([Buffer.from([0]), outer.extract(nothing, 'psk_id_hash', nothing), outer.extract(nothing, 'info_hash', info)])
  const secret = outer.extract(shared, 'secret', nothing)
  const opener = createDecipheriv('aes-256-gcm', outer.expand(secret, 'key', context, 32), outer.expand(secret, 'base_nonce', context, 12))
  opener.setAuthTag(data.subarray(-16))
  const padded = Buffer.concat([opener.update(data.subarray(kem.size, -16)), opener.final()])
  const end = 4 + padded.readUInt32BE(0)
  must(end <= padded.length && padded.subarray(end).every((one) => one === 0), 'seal: the padding is not as it should be')
  return padded.subarray(4, end)
}

// A signature by Ed25519, or by ECDSA P-256 with SHA-256 in DER form.
const isSigned = (key, signature, message) =>
  verify(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', message, key, signature)

// C2SP signed-note and tlog-checkpoint: text, a blank line, lines "— NAME BASE64(key id, signature)".
function readCheckpoint(note, vkey) {
  const at = note.lastIndexOf('\n\n')
  const [text, signatures] = [note.slice(0, at + 1), note.slice(at + 2)]
  const [, name, id, encoded] = /^(.+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey)
  const material = Buffer.from(encoded, 'base64')
  const key = material[0] === 1 ? spki('302a300506032b6570032100', material.subarray(1)) : fromDer(material.subarray(1))
  const signed = signatures.split('\n').some((line) => {
    if (!line.startsWith(`— ${name} `)) return false
    const data = Buffer.from(line.slice(name.length + 3), 'base64')
    return data.subarray(0, 4).toString('hex') === id && isSigned(key, data.subarray(4), bytes(text))
  })
  must(signed, 'proof: the key of the log did not sign this checkpoint')
  const [origin, size, root] = text.split('\n')
  return { origin, size: BigInt(size), root: Buffer.from(root, 'base64') }
}

// RFC 9162, section 2.1.3.2.
function isIncluded(entry, index, path, { size, root }) {
  let [fn, sn, hash] = [index, size - 1n, sha256(Buffer.from([0]), entry)]
  if (fn > sn) return false
  for (const next of path) {
    if (sn === 0n) return false
    if (fn & 1n || fn === sn) {
      hash = sha256(Buffer.from([1]), next, hash)
      while (!(fn & 1n) && fn !== 0n) { fn >>= 1n; sn >>= 1n }
    } else hash = sha256(Buffer.from([1]), hash, next)
    fn >>= 1n
    sn >>= 1n
  }
  return sn === 0n && hash.equals(root)
}

function open(answer, key, trust, today) {
  must(answer.format === 'ostiary-answer/1' && trust.format === 'ostiary-custodian/1', 'format')
  must(answer.origin === trust.origin, 'origin: another custodian than the one you trust')
  const recipient = sha256(der(createPublicKey(key))).toString('hex').slice(0, 16)
  const own = (part) => part.find((one) => one.recipient === recipient)
  must(own(answer.entry) && own(answer.sealed), 'this answer is not sealed to this key')
  const info = (part) => bytes(JSON.stringify(['ostiary.invalid/answer/v1', part, answer.origin, answer.answer_id, recipient]))

  const raw = unseal(own(answer.entry), key, info('entry'))
  const [head, ...rest] = answer.proof.split('\n\n')
  const [format, ...lines] = head.split('\n').filter((line) => !line.startsWith('extra '))
  must(format === 'c2sp.org/tlog-proof@v1' && lines[0] === `index ${answer.index}`, 'proof: of another entry')
  const checkpoint = readCheckpoint(rest.join('\n\n'), trust.log)
  must(checkpoint.origin === answer.origin, 'proof: of another log')
  const path = lines.slice(1).map((line) => Buffer.from(line, 'base64'))
  must(isIncluded(raw, BigInt(answer.index), path, checkpoint), 'proof: the entry is not in the log')

  const entry = JSON.parse(raw)
  const listed = answer.sealed.map(({ ciphertext, kem, recipient }) => ({ ciphertext, kem, recipient }))
  must(entry.type === 'answer.released' && entry.answer === answer.answer_id, 'entry: of another answer')
  must(entry.sealed === `sha256:${sha256(bytes(JSON.stringify(listed))).toString('hex')}`, 'entry: other sealed content')

  const { envelope, salt } = JSON.parse(unseal(own(answer.sealed), key, info('statement')))
  const payload = Buffer.from(envelope.payload, 'base64')
  const message = Buffer.concat([bytes(`DSSEv1 ${envelope.payloadType.length} ${envelope.payloadType} ${payload.length} `), payload])
  const signed = trust.release.some((text) => envelope.signatures.some(({ sig }) =>
    isSigned(fromDer(Buffer.from(text, 'base64')), Buffer.from(sig, 'base64'), message)))
  must(signed && envelope.payloadType === 'application/vnd.in-toto+json', 'signature: no release key signed this')
  const committed = sha256(bytes(`ostiary commitment v1\n${salt}\nstatement\n`), payload).toString('hex')
  must(entry.statement === `sha256:${committed}`, 'statement: the log commits to another one')
  const said = JSON.parse(payload)
  const its = said.predicate
  const pairs = [[its.answer_id, answer.answer_id], [its.origin, answer.origin], [its.agency, entry.agency],
    [its.released_on, entry.on], [its.decision, entry.decision], [its.request_entry, entry.of]]
  must(pairs.every(([one, other]) => one === other), 'statement: the log records another answer, agency, day or decision')
  must(its.conditions.dispose_by >= today, 'conditions: the disposal date has passed')
  return said
}

const [, , answerFile, keyFile, trustFile, today = new Date().toISOString().slice(0, 10)] = process.argv
try {
  const key = createPrivateKey(readFileSync(keyFile))
  const [answer, trust] = [answerFile, trustFile].map((name) => JSON.parse(readFileSync(name)))
  console.log(JSON.stringify(open(answer, key, trust, today), null, 2))
} catch (error) {
  console.error(`open-an-answer: ${error.message}`)
  process.exitCode = 1
}
