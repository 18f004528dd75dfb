"""The book to take along: PDF and EPUB in both languages, made from the built pages, so that no cell runs again."""
