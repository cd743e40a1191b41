"""What ``tools/bench_scale.py`` is made of: measured steps, a peer, and the chart."""
