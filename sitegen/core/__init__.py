"""The content model and all that can be worked out from it; pure, without disk or queries."""
