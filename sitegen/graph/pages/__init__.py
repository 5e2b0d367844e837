"""From composed parts to whole pages: one module for each family of page kinds."""
