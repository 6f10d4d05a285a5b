"""Setting documents as tagged PDF files (PDF/UA-1). Texts reach them as data, so that none is read as markup."""

import json
from collections.abc import Mapping
from pathlib import Path

import typst


def typeset(document: Path, content: Mapping[str, object]) -> bytes:
    """The document, a typst file that reads ``sys.inputs.content``, with this content. It reaches no other folder."""
    return typst.compile(
        document,
        root=document.parent,
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards="ua-1",
        sys_inputs={"content": json.dumps(content)},
    )
