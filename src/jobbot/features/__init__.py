"""The ladder of slices. A slice imports only slices on rungs below its own; siblings never import each other."""
