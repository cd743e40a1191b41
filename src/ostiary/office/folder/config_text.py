"""The text of a new ``office.toml``: a comment on every line that needs one."""

TEXT = """\
# An office of Ostiary. The folders beside this file belong to it.

[office]
# Name of the office's log in every checkpoint and receipt. Never change it: the log would be
# another one.
origin = {origin}
# Cryptography: "modern" (Ed25519 with ML-DSA-44, X25519) or "fips" (ECDSA and ECDH on P-256).
profile = {profile}
# true: for training and demonstrations only; nothing that it answers is an answer.
training = {training}
# Where cases are kept: sqlite:///FILE beside this file, sqlite:////FOLDER/FILE elsewhere, or
# postgresql://USER@HOST/DATABASE.
database = {database}

[limits]
# Rows that a request file may have. A larger one is refused whole.
file_rows = {file_rows}
# Size of a request file in bytes, likewise.
file_bytes = {file_bytes}
# Calls that the programs of one agency may make in a minute.
calls_per_minute = {calls_per_minute}

[accounting]
# Witnesses: other parties that countersign each checkpoint of the log, each with its address and
# the verifier key that it publishes, such as
#   witnesses = [ {{ url = "https://witness.example", key = "name+id+key" }} ]
witnesses = {witnesses}
# How many of them must have countersigned before an answer leaves.
quorum = {quorum}
# With fewer: "hold" keeps answers back until the quorum is there, "publish" only warns.
without_quorum = {without_quorum}

[matching]
# Share of a batch's confirmations that may be wrong, by the bound that its decoys set. A batch
# above it confirms nothing.
wrong_confirmations_limit = {wrong_confirmations_limit}
# How sure that bound is to hold.
confidence = {confidence}
# At how many different addresses one agency may ask about one person, under whatever spelling.
# Beyond it nothing is confirmed.
addresses_per_person = {addresses_per_person}
# The same for all agencies together, of what each was let through.
addresses_of_all_agencies = {addresses_of_all_agencies}

[letterhead]
# What letters begin with: the name of the office.
name = {letterhead_name}
# Lines under it, such as its address.
lines = {letterhead_lines}

[web]
# Address that people open, such as "https://office.example"; a proxy in front of `ostiary serve`
# speaks TLS. Empty: this machine only, at http://localhost. Passkeys are bound to the host's name:
# with another one, everybody enrols again.
address = {address}
# Days after receipt by which an accepted request should have been decided. No statute sets this
# clock; it is the custodian's own standard, and the worklist goes by it.
days_to_decide = {days_to_decide}
# Connections that one address may have open at a time, so that nobody shuts others out by holding
# many; 0: no bound. With an "https" address the proxy counts, since all come from it.
connections_of_one_address = {connections_of_one_address}

[mail]
# Officers are told by e-mail that something waits: how many things, and where the office is;
# nothing of a case. The SMTP relay, such as "smtp.office.example:587"; empty: no mail is sent.
relay = {relay}
# "starttls" (as a rule on port 587), "tls" from the first byte (465), or "none", which is for a
# relay on this very machine alone.
security = {security}
# File with the authority that vouches for the relay's certificate, from this folder; empty: those
# that the system trusts.
relay_ca = {relay_ca}
# Name of this office at the relay; empty where it asks for none.
user = {user}
# File with the password there, from this folder.
password_file = {password_file}
# Address that the mails come from.
sender = {sender}
# Hours (UTC) at which they are sent, each at most once a day.
hours = {hours}
# Who is told, by the id in registers/reviewers.csv; whoever is not in office is told nothing:
#   to = [ {{ officer = "anna", address = "anna@office.example" }} ]
to = {to}

[oidc]
# Sign-in at an OpenID Connect provider, beside passkeys: the issuer's address, such as
# "https://login.example". Empty: passkeys only.
issuer = {issuer}
# Id of this office at the provider; its redirect address there is ADDRESS/sign-in/provider/back/.
client_id = {client_id}
# File with the secret that the provider gave this office, from this folder; empty: none.
client_secret_file = {client_secret_file}

[spark]
# Where `ostiary run --engine spark` computes: "local[*]" on this machine, with all its cores, or
# the master of a cluster, such as "spark://HOST:7077". Every machine of a cluster must have this
# folder under the same path.
master = {master}
# Memory for Spark's part on this machine, as Java writes it.
memory = {memory}
"""
"""Filled with values in TOML form, one for each name in braces."""
