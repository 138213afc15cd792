"""PDFs whose evidence says something else than they print: for tests that compare evidence only."""

import io
import json

import pikepdf


def with_record(data, record):
    """A published PDF with another record as its evidence."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        content = json.dumps(record, ensure_ascii=False).encode()
        pdf.attachments["evidence.json"] = pikepdf.AttachedFileSpec(pdf, content)
        saved = io.BytesIO()
        pdf.save(saved)
    return saved.getvalue()
