#!/bin/sh
# uroman 1.3.1.1: u with two dots is always ue, as German has it, also where the language is told to be Spanish, where
# the dots say that the u is heard: Mayagüez becomes Mayagueez, Argüelles Argueelles, while Raúl and Peña become what
# everybody writes; e with dots stays e. A blocking key on romanized names parts the place and the people of Puerto
# Rico from themselves.
# Seen: Mayagueez, Argueelles, Agueero; Raul, Noel, Penuelas
# Ostiary: reads a letter with a mark as the letter (AGUERO, MAYAGUEZ).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    uroman==1.3.1.1 regex==2026.11.19
PYTHONPATH=$folder python3 -W ignore - <<'END'
import uroman

reader = uroman.Uroman()
names = ("Mayagüez", "Argüelles", "Agüero", "Raúl", "Noël", "Peñuelas")
found = [reader.romanize_string(name, lcode="spa") for name in names]
print(found)
assert found == ["Mayagueez", "Argueelles", "Agueero", "Raul", "Noel", "Penuelas"]
END
