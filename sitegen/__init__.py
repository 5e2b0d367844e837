"""Static Arabic explainer sites from Markdown articles and typed, sourced facts."""

__version__ = "0.1.0"
