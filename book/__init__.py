"""How the book is built, checked and compared: one small command a file."""
