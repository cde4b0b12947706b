"""Turns exports and dumps of comments into Pages, one file a format, in bounded memory.

Every reader yields Entries (a page and where it stood) and Failures (what could not be read, and
where); it never stops at a bad record. What is the same for all formats:

- An answer to a comment that is not there (an orphan) answers the article.
- A deleted, spam or unapproved comment is left out; what answers it answers the nearest comment
  above that is there.
- Comments stand in order of time where every one has a time, else as in the archive; one that
  stands before the comment it answers is moved behind it. Circles are cut at their first comment.
- An id that comes twice in a page counts once, the first that was not deleted.
- Where a format scatters a thread's comments (Disqus, Blogger, Reddit, Hacker News, Commento,
  ConvoKit), all files given are first sorted into a temporary SQLite file by thread, so that
  threads may span files and stand in any order, and memory holds one thread at a time. Comments
  whose thread is in no file make a page without an article.
"""

from app.parsing.archives.archive import Archive
from app.parsing.archives.records import Entry, Failure, Record
from app.parsing.archives.sniff import ArchiveFormat

__all__ = ["Archive", "ArchiveFormat", "Entry", "Failure", "Record"]
