"""People whose names and addresses are as they are outside of tables of 1990, with the truth.

In: random numbers. Out: pairs of what is asked and what is on file, a kind each: *never* another
person or another place, *same* one person at one address in another dress. Everybody is invented:
names are composed of syllables and customs, roads of words; places and ZIP codes are real. Never
here: the vocabulary of the standard form, or the truth would be what the program believes.
"""
