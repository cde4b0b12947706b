"""Loads a ConvoKit corpus with ConvoKit, checks it, dumps it again and prints what it found.

Run in an environment of its own: FOLDER of the corpus, then the folder to dump to.
"""

import contextlib
import json
import sys
from pathlib import Path

from convokit import Corpus


def main() -> None:
    """Load, check, dump, load again."""
    folder, dump_to = sys.argv[1], Path(sys.argv[2])
    with contextlib.redirect_stdout(sys.stderr):  # ConvoKit tells much
        corpus = Corpus(filename=folder)
        whole = all(each.check_integrity() for each in corpus.iter_conversations())
        corpus.dump(dump_to.name, base_path=str(dump_to.parent))
        again = Corpus(filename=str(dump_to))
    found = {
        "whole": whole,
        "conversations": sorted(corpus.get_conversation_ids()),
        "speakers": sorted(corpus.get_speaker_ids()),
        "utterances": {
            each.id: {
                "text": each.text,
                "speaker": each.speaker.id,
                "reply_to": each.reply_to,
                "timestamp": each.timestamp,
                "meta": dict(each.meta),
                "same_after_dump": dict(again.get_utterance(each.id).meta) == dict(each.meta),
            }
            for each in corpus.iter_utterances()
        },
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
