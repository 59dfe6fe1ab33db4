"""Services without a word of the trade: storage, plugins, inference, safety.

Bottom up: `storage | plugins` -> `inference` -> `safety` -> `llm` -> `http | work`.
"""
