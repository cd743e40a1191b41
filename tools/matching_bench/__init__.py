"""The parts of ``tools/bench_matching.py``: worlds with known truth, verifiers, scores.

A *world* is two tables of one DuckDB connection. ``people`` is a typed reference file. ``told``
holds the requests: ``row``, the request columns, ``birth_date``, ``tin``, and the truth, ``meant``
(the person, empty when not in the file), ``on_file`` (that person's address is the one meant),
``number_right`` (its house number came through undamaged) and ``should`` (confirming is right).
A *verifier* makes ``verified_NAME``: ``row``, ``person_id``, ``weight``, ``confirmed``.
"""
