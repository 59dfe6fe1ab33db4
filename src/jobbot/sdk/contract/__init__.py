"""Test kits that a plugin is held to: import them in the plugin's own tests. See `sources`."""
