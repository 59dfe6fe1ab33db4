"""The built-in sources, one folder each. They load like anybody's plugin and import the SDK, nothing else."""
