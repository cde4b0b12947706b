"""Classifies lists of texts, a JSON line each, with Infinity's engine; answers with its seconds.

Run by peers.py with the Python of an environment that has `infinity-emb`; not by ours.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

from infinity_emb import AsyncEngineArray, EngineArgs


async def main(folder: str) -> None:
    """Answer until the input ends."""
    import torch  # noqa: PLC0415 - after Infinity, which sets its threads

    torch.set_num_threads(1)
    arguments = EngineArgs(
        model_name_or_path=folder,
        engine="torch",
        device="cpu",
        dtype="float32",
        bettertransformer=False,
        model_warmup=False,
    )
    engine = AsyncEngineArray.from_args([arguments])[0]
    async with engine:
        for line in sys.stdin:
            texts = json.loads(line)
            began = time.process_time()
            await engine.classify(sentences=texts)
            print(f"seconds {time.process_time() - began}", flush=True)


asyncio.run(main(sys.argv[1]))
