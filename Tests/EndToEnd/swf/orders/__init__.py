"""A small workflow for simpleflow: what people write against Amazon SWF with that library."""
