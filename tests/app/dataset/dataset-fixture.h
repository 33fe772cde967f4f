#pragma once
/* Thread: any. Small frames with consistent labels, made without a renderer: rectangles over each other. */

#include "dio-dataset.h"

#define FIXTURE_N_SENSORS 2
extern const char *const fixture_sensors[FIXTURE_N_SENSORS];

/** Two sensors of 64 x 48, categories "box" (thing) and "wall" (stuff). */
DioScenario *fixture_make_scenario (void);
/** The document as a file; returns its path in @folder. */
char *fixture_write_scenario (const char *folder);

/** Which frame to make. */
typedef struct {
  guint64 seed, index;
  guint width, height;
  guint n_sensors; /**< the first ones of fixture_sensors */
} FixtureDesc;

/** A frame with captures, labels, draws and diagnostics, but without files: a pure function of @desc. */
void fixture_make_frame (const FixtureDesc *desc, DioDatasetFrame *out);
/** The picture of "rgb", "leaf", "instance", "semantic", "depth" (u16) or "normal" that belongs to a capture. */
DioImage *fixture_draw (const DioDatasetCapture *capture, const char *channel);
/** Writes pictures of @channels (NULL-terminated) into the dataset's folder and adds their rows. */
void fixture_write_files (DioDataset *dataset, DioDatasetFrame *frame, const char *const *channels);
/** Fails the test where the two differ in anything that is stored. */
void fixture_assert_equal_frames (const DioDatasetFrame *a, const DioDatasetFrame *b);
