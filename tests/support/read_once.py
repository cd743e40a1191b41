"""What every command reads first is read once, in the process that commands are forked from.

The shipped book and its registers, and the patterns of names and addresses: whoever is forked has
them as they were read. A text that a test changes is another text, and is read anew.
"""

from ostiary.deciding.intake.registers import read_registers
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.deciding.standardisation.records import standard_address, standard_name

BOOK = read_book(shipped_book())
REGISTERS = read_registers([shipped_book() / "registers"])
DIGESTS = BOOK.digest, REGISTERS.digest
NAME = standard_name("Ed", "R", "Falk", "Jr")
ADDRESS = standard_address("12 N Elm St", "Apt 3", "Springfield", "IL", "62701-1234", "US")
