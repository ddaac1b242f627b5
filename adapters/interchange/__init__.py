"""The history format on its way in and out: lines, their schema, and the statements they make."""
