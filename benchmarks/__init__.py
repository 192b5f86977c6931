"""Speed against peers: run by hand, `python -m benchmarks`, never timed in tests."""
