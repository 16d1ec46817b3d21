"""Learning as reviewed data: subjects with the claims of each line, and the course to expect."""

from crampguide.learning.load import LearningError, load_learning, read_learning, unknown
from crampguide.learning.model import Course, Learning, Subject
from crampguide.learning.order import courses_for, follow_up

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
