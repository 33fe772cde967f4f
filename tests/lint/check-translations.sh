#!/bin/sh
# Every language of po/LINGUAS has every string of the sources, in formats that fit.
set -eu
cd "$1"
folder=$(mktemp -d "${TMPDIR:-/tmp}/diorama-po.XXXXXX")
trap 'rm -rf "$folder"' EXIT
xgettext --files-from=po/POTFILES.in --from-code=UTF-8 --keyword=_ --keyword=N_ --keyword=C_:1c,2 \
  --keyword=ngettext:1,2 --keyword=g_dngettext:2,3 -o "$folder/diorama.pot" 2>"$folder/xgettext.log" || {
  cat "$folder/xgettext.log"
  exit 1
}
status=0
for language in $(grep -v '^#' po/LINGUAS); do
  msgfmt --check -o /dev/null "po/$language.po" || status=1
  msgcmp "po/$language.po" "$folder/diorama.pot" || status=1
done
exit $status
