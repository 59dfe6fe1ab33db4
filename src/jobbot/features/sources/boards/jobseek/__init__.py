"""Job Seek (jseek.co): an open index of employers' career sites; off until turned on."""

from jobbot.features.sources.boards.jobseek.read import JobSeek

SOURCE = JobSeek()

__all__ = ["SOURCE"]
