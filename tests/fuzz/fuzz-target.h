#pragma once
/* Thread: main. A fuzz target: one parser that takes hostile bytes. Built twice: with libFuzzer (clang,
 * tests/full) and with fuzz-main.c, which mutates the seeds a fixed number of times in the quick suite. */

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/** Must return 0 and neither crash, leak nor hang, whatever the bytes are. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/** Well-formed inputs to start from; NULL after the last. */
GBytes *dio_fuzz_make_seed (guint index) G_GNUC_WARN_UNUSED_RESULT;
