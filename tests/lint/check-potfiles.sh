#!/bin/sh
# po/POTFILES.in lists, sorted, exactly the files with translatable strings.
set -eu
cd "$1"
{
  grep -rlE '\b(N?C?_|(g_d)?ngettext) \(' --include='*.c' --include='*.h' app renderer ui
  find data -name '*.desktop.in' -o -name '*.metainfo.xml.in' -o -name '*.gschema.xml'
} | LC_ALL=C sort > "${TMPDIR:-/tmp}/potfiles.$$"
trap 'rm -f "${TMPDIR:-/tmp}/potfiles.$$"' EXIT
diff -u po/POTFILES.in "${TMPDIR:-/tmp}/potfiles.$$"
