#pragma once
/* Thread: main. What an observer is told: at most ten states a second, every event. */

#include "dio-engine.h"

typedef struct DioProgressMeter DioProgressMeter;

/** @observer (nullable), borrowed. @done: frames that are there already, of @total. */
DioProgressMeter *dio_progress_meter_new (const DioEngineObserver *observer,
                                          guint64 done,
                                          guint64 total) G_GNUC_WARN_UNUSED_RESULT;
void dio_progress_meter_free (DioProgressMeter *meter);
void dio_progress_meter_add_done (DioProgressMeter *meter);
void dio_progress_meter_add_failed (DioProgressMeter *meter);
/** The frame that came last, and what its making took: a capture's timings_json (nullable), milliseconds by stage. */
void dio_progress_meter_set_newest (DioProgressMeter *meter, guint64 index);
void dio_progress_meter_add_timings (DioProgressMeter *meter, const char *timings_json);
/** Frames done by this meter's job, without those that were there before. */
guint64 dio_progress_meter_get_done (const DioProgressMeter *meter);
guint64 dio_progress_meter_get_failed (const DioProgressMeter *meter);
/** @state is static. Told at once. */
void dio_progress_meter_set_state (DioProgressMeter *meter, const char *state);
void dio_progress_meter_report (DioProgressMeter *meter, guint workers_alive);
/** An event; "worker-lost" and "worker-recycled" count as restarts. */
void dio_progress_meter_tell (DioProgressMeter *meter, const char *code, const char *message);
