#define G_LOG_DOMAIN "dio-core"

#include "dio-core-error.h"

/* Spelled out: clang-format takes the hyphens in G_DEFINE_QUARK for minus signs. */
GQuark
dio_error_quark (void)
{
  return g_quark_from_static_string ("dio-error-quark");
}
