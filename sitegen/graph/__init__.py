"""Where the content model meets the engine: queries, links, pages. Read `queries` first."""
