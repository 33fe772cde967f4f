#!/bin/sh
# A *.diorama file is known by its name and by its first bytes: builds a MIME database of the given package alone and asks GIO.
set -eu
folder=$(mktemp -d "${TMPDIR:-/tmp}/diorama-mime.XXXXXX")
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/mime/packages"
cp "$1" "$folder/mime/packages/org.diorama.Studio.xml"
update-mime-database "$folder/mime" 2>/dev/null
printf '{\n  "format": "diorama-scenario",\n  "version": 1\n}\n' >"$folder/a.diorama"
cp "$folder/a.diorama" "$folder/unnamed"
for file in a.diorama unnamed; do
  XDG_DATA_HOME=$folder XDG_DATA_DIRS=$folder gio info -a standard::content-type "$folder/$file" |
    grep -q 'application/vnd.diorama.scenario+json' || {
    echo "$file is not known as a scenario" >&2
    exit 1
  }
done
