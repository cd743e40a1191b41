"""Expressions: one SQL text, read once, and written for whoever has to compute it.

In: texts in DuckDB's SQL, in which facts, comparison and decision are stated. Out: the same in
Python or on Spark. Each function is declared once (:mod:`.expressions.functions`) and has no
reading where nobody held it against DuckDB's. Never here: what a formula means for the law.
"""
