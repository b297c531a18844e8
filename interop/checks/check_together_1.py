"""The file check of together 1.x, which looked at the shape of preference data; later ones leave that to the server."""

from together.utils import check_file

from exports import fixtures
from report import check, checking, versions


def main() -> None:
    """Checks the flavour of Together; data with results of tools was no format of that version."""
    versions("together")
    for fixture in fixtures():
        name = f"together 1.x check_file: {fixture.name}, together"
        with checking(name):
            report = check_file(fixture.lines("together"))
            check(name, None if report["is_check_passed"] else report["message"], f"{report['num_samples']} samples")


main()
