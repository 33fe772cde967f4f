#pragma once
/* Thread: any. The labels of one capture against its pictures. */

#include "dio-dataset.h"

/** Decoded pictures of one capture; NULL where the channel was not written or could not be read. */
typedef struct {
  DioImage *leaf, *instance, *semantic, *depth, *normal, *rgb;
} DioCapturePictures;

/** Adds a finding for everything in which rows and pictures disagree. @object names the capture in findings. */
void dio_engine_verify_capture (const DioDatasetCapture *capture,
                                const DioCapturePictures *pictures,
                                int background_category,
                                const char *object,
                                DioDiagnostics *findings);
