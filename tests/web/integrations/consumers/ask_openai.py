"""Asks a service through OpenAI's own package."""

import json
import sys

import openai

base, key, *texts = sys.argv[1:]
client = openai.OpenAI(base_url=f"{base}/v1", api_key=key, max_retries=0)
one = client.moderations.create(input=texts[0], model="omni-moderation-latest")
many = client.moderations.create(input=texts)
found = {"one": one.to_dict(), "many": many.to_dict(), "flagged": one.results[0].flagged}
try:
    client.moderations.create(input=[])
except openai.BadRequestError as error:
    found["refused"] = error.body
print(json.dumps(found))
