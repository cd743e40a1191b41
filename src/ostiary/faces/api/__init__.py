"""The public API: agencies' programs submit requests, follow them and fetch sealed answers.

In: JSON over HTTPS, from programs that prove who they are with each call. Out: the same replies,
proofs and files that the command line leaves, and webhooks that say that a status has changed.
Never here: a decision; another agency's request; a name, an address or a reason in an address, a
webhook or a log line.
"""
