#pragma once
/* Thread: main. What a drop-down of the inspector offers: values of the document with names for people. */

#include "dio-parametric.h"
#include "dio-scene-property.h"
#include "dio-scene-scenario.h"

G_BEGIN_DECLS

typedef struct {
  char *value; /**< as the document holds it; NULL = the default back ("the model's own") */
  char *label; /**< translated */
} DioInspectorOption;

/** Options are collected in arrays of DioInspectorOption that free what they hold. */
GArray *dio_inspector_options_new (void) G_GNUC_WARN_UNUSED_RESULT;
void dio_inspector_options_add (GArray *options, const char *value, const char *label);
/** The values of an enum property. */
void dio_inspector_options_add_enum (GArray *options, const DioPropertyInfo *info);
/** What the numbers of a parameter stand for; the values are "0", "1", ... */
void dio_inspector_options_add_words (GArray *options, const DioParametricParam *param);
/** "procedural:NAME" of all procedural textures or environments. */
void dio_inspector_options_add_procedural (GArray *options, DioAssetKind kind);
void dio_inspector_options_add_assets (GArray *options,
                                       const DioScenario *scenario,
                                       DioAssetKind kind);
/** Index of @value, or G_MAXUINT. */
guint dio_inspector_options_find (const GArray *options, const char *value);
/** All as one text, to see whether two lists are the same. */
char *dio_inspector_options_dup_key (const GArray *options) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
