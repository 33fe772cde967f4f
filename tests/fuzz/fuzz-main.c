/* Mutates the seeds of one target from counter-based numbers, so that a failure repeats: ITERATIONS inputs,
 * or as many as the environment variable FUZZ_ITERATIONS says. */

#include "dio-core-philox.h"
#include "fuzz-target.h"

#include <stdlib.h>
#include <string.h>

#define ITERATIONS 3000

static guint64
draw (guint64 seed, guint step, guint64 below)
{
  DioRandomKey key = { .seed = seed, .stream = step, .component = 0 };
  return dio_random_below (&key, MAX (below, 1));
}

/* One to eight edits: flip, set, cut, double a stretch, or write an extreme number. */
static void
mutate (GByteArray *bytes, guint64 seed)
{
  static const uint32_t extremes[] = { 0,          1,          0x7f,       0xff,
                                       0x7fffffff, 0x80000000, 0xffffffff, 0xfffffff0 };
  guint edits = 1 + (guint) draw (seed, 0, 8);
  for (guint i = 0; i < edits && bytes->len > 0; i++) {
    guint at = (guint) draw (seed, 10 * i + 1, bytes->len);
    switch (draw (seed, 10 * i + 2, 5)) {
    case 0:
      bytes->data[at] ^= (guint8) (1u << draw (seed, 10 * i + 3, 8));
      break;
    case 1:
      bytes->data[at] = (guint8) draw (seed, 10 * i + 3, 256);
      break;
    case 2:
      g_byte_array_set_size (bytes, at);
      break;
    case 3: {
      guint n = MIN (bytes->len - at, 1 + (guint) draw (seed, 10 * i + 3, 64));
      g_autofree guint8 *stretch = g_memdup2 (bytes->data + at, n);
      g_byte_array_append (bytes, stretch, n);
      break;
    }
    default:
      if (at + 4 <= bytes->len)
        memcpy (bytes->data + at, &extremes[draw (seed, 10 * i + 3, G_N_ELEMENTS (extremes))], 4);
      break;
    }
  }
}

int
main (void)
{
  const char *wish = g_getenv ("FUZZ_ITERATIONS");
  guint iterations = wish != NULL ? (guint) atoi (wish) : ITERATIONS;
  g_autoptr (GPtrArray) seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (GBytes *seed; (seed = dio_fuzz_make_seed (seeds->len)) != NULL;)
    g_ptr_array_add (seeds, seed);
  for (guint i = 0; i < seeds->len; i++) {
    gsize size;
    const void *data = g_bytes_get_data (g_ptr_array_index (seeds, i), &size);
    LLVMFuzzerTestOneInput (data, size);
  }
  for (guint i = 0; i < iterations; i++) {
    gsize size;
    const void *data = g_bytes_get_data (g_ptr_array_index (seeds, i % seeds->len), &size);
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    g_byte_array_append (bytes, data, (guint) size);
    mutate (bytes, i);
    LLVMFuzzerTestOneInput (bytes->data, bytes->len);
  }
  g_print ("ok 1 %u mutated inputs from %u seeds\n1..1\n", iterations, seeds->len);
  return 0;
}
