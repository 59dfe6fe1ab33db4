"""SmartRecruiters boards, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.smartrecruiters.read import SmartRecruiters

SOURCE = SmartRecruiters()

__all__ = ["SOURCE", "SmartRecruiters"]
