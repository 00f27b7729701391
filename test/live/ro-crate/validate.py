"""Validates RO-Crates with roc-validator and prints what it finds as JSON: python validate.py PROFILE SEVERITY FOLDER...

The JSON-LD context of RO-Crate 1.1 is taken from the package `rocrate`, which carries the published file, so that no network is needed.
Any other remote context is refused: the crate must not need one.
"""

import json
import sys
from importlib import resources

from rocrate_validator import services
from rocrate_validator.models import Severity
from rocrate_validator.utils import http

published = "https://w3id.org/ro/crate/1.1/context"
text = (resources.files("rocrate") / "data" / "ro-crate.jsonld").read_text(encoding="utf-8")
assert json.loads(text)["@id"] == published


class Answer:
    """As much of a response of `requests` as the validator looks at."""

    status_code = 200
    ok = True
    headers = {"Content-Type": "application/ld+json"}
    content = text.encode()

    def __init__(self, url):
        self.url = url
        self.text = text

    def json(self):
        return json.loads(text)

    def raise_for_status(self):
        pass


def get(_, url, *args, **kwargs):
    if url != published:
        raise RuntimeError(f"the crate needs {url}")
    return Answer(url)


http.HttpRequester.get = get



def judge(folder):
    settings = services.ValidationSettings(
        rocrate_uri=folder,
        profile_identifier=sys.argv[1],
        requirement_severity=Severity[sys.argv[2]],
        offline=True,
    )
    result = services.validate(settings)
    issues = [{"check": issue.check.identifier, "severity": issue.severity.name, "message": issue.message} for issue in result.get_issues()]
    return {"passed": result.passed(), "issues": issues, "checks": len(result.executed_checks)}


print(json.dumps({folder: judge(folder) for folder in sys.argv[3:]}))
