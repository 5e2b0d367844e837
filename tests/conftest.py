"""What holds for all tests."""

import signal

from hypothesis import settings

settings.register_profile("sitegen", deadline=None)  # a slow machine is no failure
settings.load_profile("sitegen")

# A shell that starts the tests in the background tells them to ignore Ctrl-C; what they start must hear it.
signal.signal(signal.SIGINT, signal.default_int_handler)
