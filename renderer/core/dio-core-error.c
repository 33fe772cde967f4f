#define G_LOG_DOMAIN "dio-core"

#include "dio-core-error.h"

G_DEFINE_QUARK (dio - error - quark, dio_error)
