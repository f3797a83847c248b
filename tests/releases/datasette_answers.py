"""A process in which Datasette opens a release: it leaves connections to be closed by the end of its process.

    python -m tests.releases.datasette_answers FOLDER ADDRESS…

Prints a JSON list: of each address the status and the text.
"""

import asyncio
import json
import sys
from pathlib import Path

from datasette.app import Datasette


async def answers(folder: Path, addresses: list[str]) -> list[tuple[int, str]]:
    metadata = json.loads((folder / "metadata.json").read_text())
    datasette = Datasette([str(folder / "commitments.sqlite")], metadata=metadata)
    await datasette.invoke_startup()
    found = [await datasette.client.get(address) for address in addresses]
    return [(one.status_code, one.text) for one in found]


if __name__ == "__main__":
    print(json.dumps(asyncio.run(answers(Path(sys.argv[1]), sys.argv[2:]))))
