"""Do people stay away? An interrupted time series on published totals, with breaks set beforehand.

In: published counts by month and state, a plan of dated breaks and masked months. Out: how far the
counts lie from what the months before foretold, with intervals, placebo dates, a chart and its
table, and in words what they cannot show.
Never here: a row about one person, a count small enough to point at one, the case store, a log.
"""
