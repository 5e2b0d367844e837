"""Benchmarks: made-up sites of any size, built by sitegen and by other generators, side by side."""
