#pragma once
/* Thread: main. One widget per parameter type of a randomizer. Each change comes back as JSON. */

#include "dio-scene-randomizer.h"
#include "dio-scene-scenario.h"
#include "dio-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** @value (transfer full); @over FALSE: a step of a change that goes on. */
typedef void (*DioParamChanged) (const char *name, json_t *value, gboolean over, gpointer user);

/** What a row is made from; borrowed for the call but for @user. */
typedef struct {
  DioSession *session; /**< outlives the row */
  const char *type;    /**< of the randomizer, static */
  const DioScenario *scenario;
  const DioRandomizer *randomizer; /**< whose row it is */
  const DioParamInfo *info;        /**< static */
  const DioRandomizerParam *value; /**< (nullable) not given */
  DioParamChanged changed;
  gpointer user; /**< outlives the row */
} DioParamRowDesc;

GtkWidget *dio_param_row_new (const DioParamRowDesc *desc) G_GNUC_WARN_UNUSED_RESULT;
/** A value that a parameter of @info can begin with, of a randomizer with @n_targets. */
json_t *dio_param_new_value (const DioScenario *scenario,
                             const DioParamInfo *info,
                             guint n_targets) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
