"""Write the API's contracts anew: python -m tests.data.contracts."""

import json
import os
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.data.contracts.current import documents

    for name, document in documents().items():
        text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
        (Path(__file__).parent / name).write_text(text, encoding="utf-8")
