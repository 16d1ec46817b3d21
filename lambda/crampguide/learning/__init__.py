"""Learning as reviewed data: subjects with the claims each line carries, and what to expect by situation."""

from crampguide.learning.load import LearningError, load_learning, read_learning, unknown
from crampguide.learning.model import Course, Learning, Subject
from crampguide.learning.walk import courses_for, follow_up

__all__ = [
    "Course",
    "Learning",
    "LearningError",
    "Subject",
    "courses_for",
    "follow_up",
    "load_learning",
    "read_learning",
    "unknown",
]
