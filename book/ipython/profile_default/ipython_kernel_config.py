c.IPKernelApp.log_level = 40  # noqa: F821  (the kernel's notice on unencrypted sockets is no news)
