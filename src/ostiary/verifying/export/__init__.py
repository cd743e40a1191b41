"""An auditor's export: every entry of a published log as a row that proves itself.

In: a published log. Out: tables as CSV and Parquet, and their check with the log's key alone.
Never here: an opening; anything that the log does not publish.
"""
