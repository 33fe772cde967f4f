#pragma once
/* Thread: any. A frame with everything but file rows, to bytes and back, bit for bit. */

#include "dio-dataset.h"
#include "dio-protocol-bytes-private.h"

void dio_put_frame (DioByteWriter *w, const DioDatasetFrame *frame);
/** @out is filled as far as the bytes go; look at r->bad, then clear it. */
void dio_get_frame (DioByteReader *r, DioDatasetFrame *out);
