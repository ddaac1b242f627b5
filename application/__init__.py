"""What can be asked of Avow: commands with their handlers, queries, policies, projections, processes."""
