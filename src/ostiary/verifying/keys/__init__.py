"""Keys: make, read and write key files; sign and verify bytes.

In: PEM files and key texts. Out: keys, signatures, fingerprints.
Never here: what is being signed and why. A private key is written with mode 0600 and never printed.
"""
