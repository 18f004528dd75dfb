"""What rests on what: pages on functions, functions on files, stored tables on the code that made them."""
