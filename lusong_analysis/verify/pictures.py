"""The texts in each picture are those recorded, its labels and alternative text those computed again."""

from __future__ import annotations

from lusong_analysis.pdf.read import figures, squeeze
from lusong_analysis.report.gate import typed_numbers
from lusong_analysis.verify.elements import difference, shortened
from lusong_analysis.verify.proof import Proof


def check_pictures(proof: Proof) -> None:
    """The texts in each picture are those recorded, its labels and alternative text those computed again."""
    charts = [block for block in proof.record["blocks"] if block["kind"] == "chart"]
    pictures = figures(proof.document)
    if len(charts) != len(pictures):
        proof.verdict.wrong("charts", str(len(pictures)), f"The evidence has {len(charts)} charts.")
    for number, (block, picture) in enumerate(zip(charts, pictures, strict=False), start=1):
        place = f"chart {number}, page {picture.page}"
        drawn = squeeze("".join(text["text"] for text in block["texts"]))
        if squeeze(picture.text) != drawn:
            proof.verdict.wrong(place, shortened(difference(picture.text, drawn)), "Its texts are not those recorded.")
        for index, label in enumerate(block["labels"]):
            written = squeeze("".join(text["text"] for text in block["texts"] if text["label"] == index))
            if written != proof.words(label):
                proof.verdict.wrong(place, written, f"Computed again, this label is {proof.words(label)!r}.")
        loose = [text["text"] for text in block["texts"] if text["label"] is None]
        if loose and typed_numbers(" ".join(loose), proof.language):
            proof.verdict.wrong(place, " ".join(loose), "A number in the picture has no evidence.")
        if squeeze(picture.alternative) != proof.words(block["alternative"]):
            proof.verdict.wrong(
                place, shortened(picture.alternative), "Its alternative text is another when computed again."
            )
