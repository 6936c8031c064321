"""What the benchmarks share: peers in their own environment, measurements in turn, the report."""
