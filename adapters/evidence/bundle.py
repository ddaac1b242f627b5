"""The stand-alone verifier: one file with the domain in it. `python -m adapters.evidence.bundle avow-verify.pyz`."""

from __future__ import annotations

import sys
import zipfile
from importlib import resources
from pathlib import Path

MODULES = {
    "adapters": ("__init__",),
    "adapters.crypto": ("__init__", "notes"),
    "adapters.evidence": ("__init__", "packs", "reading", "standalone", "stating", "verifying"),
}
"""What the verifier needs beside the whole domain: the standard library and `cryptography`, nothing else."""
START = "import sys\n\nfrom adapters.evidence.standalone import main\n\nsys.exit(main())\n"
_AT = (1980, 1, 1, 0, 0, 0)


def bundle(path: Path) -> None:
    """Write the verifier; of one version of Avow always the same bytes. Raises FileExistsError."""
    with path.open("xb") as file:
        file.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in [("__main__.py", START), *_sources()]:
                member = zipfile.ZipInfo(name, _AT)
                member.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(member, text)
    path.chmod(0o755)


def _sources() -> list[tuple[str, str]]:
    domain = sorted(each.name.removesuffix(".py") for each in resources.files("domain").iterdir() if each.is_file())
    packages = {"domain": [name for name in domain if name.isidentifier()], **MODULES}
    return [
        (f"{package.replace('.', '/')}/{name}.py", resources.files(package).joinpath(f"{name}.py").read_text("utf-8"))
        for package, names in packages.items()
        for name in names
    ]


if __name__ == "__main__":
    bundle(Path(sys.argv[1]))
