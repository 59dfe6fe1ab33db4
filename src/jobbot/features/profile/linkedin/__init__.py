"""What LinkedIn hands out to its members: the archive (ZIP), its JSON from the portability API, the profile as PDF."""
