"""The table of attacks: what is tried is said, each line is one, and there are enough of them."""

import attacks


def test_every_attack_says_what_is_tried_and_what_holds():
    found = list(attacks.attacks())
    assert len(found) >= 200
    assert len({(one.where, one.holds) for one in found}) == len(found)
    assert all(one.tried and one.holds for one in found)
