#pragma once
/* Thread: any. One entry of "categories", and the small structs of the document: "policy", "outputs". Private to
 * app/scene. */

#include "dio-scene-edit.h"
#include "dio-scene-field-private.h"

G_BEGIN_DECLS

DioCategory *dio_category_read (DioReader *reader, const json_t *json) G_GNUC_WARN_UNUSED_RESULT;
json_t *dio_category_to_schema (void) G_GNUC_WARN_UNUSED_RESULT;
DioCategory *dio_category_ref (DioCategory *category);
/** Accepts NULL. */
void dio_category_unref (DioCategory *category);

/** The fields of a DioPolicy, a DioOutputs, and those of the DioScenario itself. */
DioFieldView dio_policy_get_view (void);
DioFieldView dio_outputs_get_view (void);
DioFieldView dio_sequence_get_view (void);
DioFieldView dio_document_get_view (void);

G_END_DECLS
