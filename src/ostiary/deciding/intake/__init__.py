"""Intake: a request file becomes typed requests and facts; what cannot be read becomes row errors.

In: CSV, workbooks, JSON or Parquet, and the registers. Out: tables in DuckDB, one row a request.
Never here: a rule of law; a guess that hides bad input; a look at the reference file.
"""
