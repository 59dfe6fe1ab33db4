"""What plugin authors import, and nothing else of jobbot. `sdk.contract` is the test kit a plugin is held to."""
