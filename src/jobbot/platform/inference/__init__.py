"""Encoders with their model cards, vectors keyed by card and content, exact search. onnxruntime stays in here."""
