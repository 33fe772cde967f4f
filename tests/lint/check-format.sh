#!/bin/sh
# Fails where a C file is not as clang-format would write it.
set -eu
cd "$1"
find app renderer tests -name '*.[ch]' -print0 | xargs -0 clang-format --dry-run --Werror
