#!/bin/sh
# Compile hashed requirements that name no index.
set -eu
compile() { uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate "$@"; }
compile --extra all pyproject.toml -o requirements/runtime.txt
compile -c requirements/runtime.txt pyproject.toml -o requirements/verifier.txt
printf 'hatchling\neditables\n' | compile - -c requirements/runtime.txt -o requirements/build.txt
compile --extra all --group dev pyproject.toml -o requirements/dev.txt
compile --group bench -c requirements/runtime.txt -o requirements/bench.txt
compile --group bench-matching -c requirements/runtime.txt -o requirements/bench-matching.txt
