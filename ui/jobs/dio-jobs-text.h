#pragma once
/* Thread: main. Words and numbers of jobs as people read them. All results are owned by the caller. */

#include "dio-catalog-types.h"

G_BEGIN_DECLS

/** "Rendering", "Paused", "Partly Done", ...; static, translated. */
const char *dio_jobs_state_label (const DioCatalogJob *job);
/** Icon of a state; never the only carrier of its meaning. Static. */
const char *dio_jobs_state_icon (DioJobState state);
/** "1 h 20 min", "45 s"; "—" for what is not known (< 0, NaN). */
char *dio_jobs_dup_duration (double seconds) G_GNUC_WARN_UNUSED_RESULT;
/** "7.6 frames/s", "12 s/frame"; "—" where nothing moves. */
char *dio_jobs_dup_rate (double frames_per_s) G_GNUC_WARN_UNUSED_RESULT;
/** The second line of a job's row. */
char *dio_jobs_dup_summary (const DioCatalogJob *job) G_GNUC_WARN_UNUSED_RESULT;
/** Translated name of an engine stage ("draw" is "Drawing"); @name itself for unknown ones. */
const char *dio_jobs_stage_label (const char *name);

G_END_DECLS
