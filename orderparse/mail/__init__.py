"""Mail in: mailbox formats, MIME, charsets, limits."""
