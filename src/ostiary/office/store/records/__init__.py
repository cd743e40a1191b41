"""What the case store takes and gives: plain frozen values, no database in sight.

A ``New...`` value is what a room hands in; the record that comes out again also names the log entry
it was committed with. Moments are ISO text as in the log entry; digests and salts are hex.
"""
