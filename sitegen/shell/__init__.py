"""Everything that touches the world: disk, clock, processes. What is above it only decides."""
