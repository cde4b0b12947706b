"""Text classification as text-embeddings-inference speaks it, also through its client."""

from __future__ import annotations

import pytest

ACCUSES = "Veltra Transit is behind this."


def test_one_text_gets_labels_and_many_get_lists(client):
    """One input is answered by a list of labels, several by a list of such lists."""
    one = client.post("/predict", json={"inputs": ACCUSES, "truncate": True}).json()
    many = client.post("/predict", json={"inputs": ["Fine day.", ACCUSES]}).json()

    assert one[0] == {"label": "unsupported_accusation", "score": 0.85}
    assert sum(row["score"] for row in one) == pytest.approx(1)
    assert [rows[0]["label"] for rows in many] == ["no_accusation", "unsupported_accusation"]


@pytest.mark.parametrize("body", [{}, {"inputs": []}, {"inputs": [7]}, {"inputs": [["a", "b"]]}])
def test_refusals_have_its_form(client, body):
    """What cannot be read is answered with `error` and `error_type`."""
    answer = client.post("/predict", json=body)

    assert answer.status_code == 422
    assert answer.json()["error_type"] == "validation"


def test_the_inference_client_of_huggingface_works_unchanged(served):
    """`InferenceClient.text_classification` with the address for its model reads the answer."""
    hub = pytest.importorskip("huggingface_hub", reason="needs huggingface_hub")
    client = hub.InferenceClient(token="unused")  # noqa: S106 - on loopback none is needed

    found = client.text_classification(ACCUSES, model=f"{served}/predict")

    # It takes the first of what it gets: of Hugging Face's own answer, a list in a list, the
    # labels of the text; of text-embeddings-inference's the likeliest label.
    assert (found.label, found.score) == ("unsupported_accusation", 0.85)
