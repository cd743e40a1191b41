"""The law: facts and the rule book give a determination, with findings, citations and cures.

In: facts, a book, a stage and a day. Out: a status and a mask of the rules that are not met.
Never here: a look at a taxpayer record; a clock; a rule that stands in code and not in the book.
"""
