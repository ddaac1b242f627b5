"""What was measured, beside what: `python -m benchmarks`, or `make bench`."""
