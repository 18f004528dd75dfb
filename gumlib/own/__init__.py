"""What readers bring: a cluster of their own."""
