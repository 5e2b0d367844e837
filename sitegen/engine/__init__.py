"""Memoised queries with verifying traces; knows nothing of sites."""
