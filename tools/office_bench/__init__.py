"""The parts of `make bench-office`: offices, browsers, programs, and two samples told apart."""
