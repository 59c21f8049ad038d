"""Is this benefit due, how much, which caps cut it, and why?"""

from huzhu._errors import *  # noqa: F403
