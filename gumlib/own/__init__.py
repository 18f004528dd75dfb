"""What readers bring: a cluster or an input-output table of their own."""
