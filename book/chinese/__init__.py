"""The Chinese edition: prose in blocks beside the English, one execution for both."""
