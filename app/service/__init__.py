"""The use cases: the one place where the rooms meet, and the only one that opens transactions."""

from app.service.kept import AddedPage
from app.service.use_cases import Service

__all__ = ["AddedPage", "Service"]
