#!/usr/bin/python3
"""Checks a review report: JSON against report.schema.json, HTML for balance, escaping and self-containment."""
import html.parser
import json
import pathlib
import sys

import jsonschema

VOID = {"meta", "br", "hr", "img", "input", "link"}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.faults, self.text = [], [], []

    def handle_starttag(self, tag, attributes):
        if tag in ("script", "link", "img", "iframe", "b"):
            self.faults.append(f"<{tag}> has no place in the page")
        for name, value in attributes:
            if name in ("src", "href") or name.startswith("on"):
                self.faults.append(f"{tag} has {name}={value}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data):
        self.text.append(data)


def main():
    report = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    schema = json.loads((pathlib.Path(__file__).parent / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(report, schema)
    source = pathlib.Path(sys.argv[2]).read_text(encoding="utf-8")
    page = Page()
    page.feed(source)
    page.close()
    text = " ".join(page.text)
    faults = page.faults + [f"<{tag}> is not closed" for tag in page.open]
    for reviewer in report["reviewers"]:
        if reviewer["name"] not in text:
            faults.append(f"the page does not name {reviewer['name']}")
    for wanted in ("light dark", "@media print"):
        if wanted not in source:
            faults.append(f"the style lacks {wanted}")
    if "http" in source:
        faults.append("the page refers to elsewhere")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
