"""The main job on bundled samples: invented employers in the wire formats of three vendors, one invented candidate."""
