"""Answers: the least that the law allows, signed, sealed to the recipient, with its proof.

In: a decision with two approvals. Out: a sealed answer; on the other side, an opened one.
Never here: a field that the provision and the agreement do not both list; an answer without proof.
"""
