"""The candidate's facts and where each came from; importers and exporters."""
