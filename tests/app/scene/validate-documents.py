#!/usr/bin/python3
"""Validates every *.json of a folder against a JSON schema with python3-jsonschema.

Usage: validate-documents.py SCHEMA FOLDER. Prints one line for each document: its name and "ok", or its first fault.
"""
import json
import pathlib
import sys

import jsonschema


def main():
    schema = json.loads(pathlib.Path(sys.argv[1]).read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in sorted(pathlib.Path(sys.argv[2]).glob("*.json")):
        fault = next(validator.iter_errors(json.loads(path.read_text())), None)
        print(path.name, "ok" if fault is None else f"{fault.json_path}: {fault.message[:200]}".replace("\n", " "))
    return 0


if __name__ == "__main__":
    sys.exit(main())
