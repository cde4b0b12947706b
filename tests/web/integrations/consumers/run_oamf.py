"""Chains the module at an address behind itself through the package `oamf`."""

import contextlib
import io
import json
import sys

from oamf import oAMF

url, file = sys.argv[1:]
with contextlib.redirect_stdout(io.StringIO()):
    chain = oAMF()
    chain.load_modules([(url, "ws", url, "first"), (url, "ws", url, "second")])
    _, found = chain.pipelineExecutor([("first", "second")], file)
print(json.dumps(found))
