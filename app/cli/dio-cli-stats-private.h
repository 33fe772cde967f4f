#pragma once
/* Thread: main. Parts of the output of `stats`. */

#include <jansson.h>

/** How objects are hidden, of what dio_dataset_collect_statistics gives. */
void dio_cli_print_occlusion (const json_t *stats);
