"""Load plugins by entry point; one that fails is quarantined, named and shown, and nothing else stops."""

from jobbot.platform.plugins.load import Broken, Off, Plugins, load

__all__ = ["Broken", "Off", "Plugins", "load"]
