"""jobbot: a self-hosted, privacy-first job-search copilot."""

__version__ = "0.1.0"
