#pragma once
/* Thread: main. The groups whose rows depend on the model that is shown: its kind and parameters, and its material slots. */

#include "dio-inspector-group-private.h"

G_BEGIN_DECLS

#define DIO_TYPE_INSPECTOR_MODEL (dio_inspector_model_get_type ())
G_DECLARE_FINAL_TYPE (DioInspectorModel, dio_inspector_model, DIO, INSPECTOR_MODEL, GtkBox)

GtkWidget *dio_inspector_model_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
void dio_inspector_model_refresh (DioInspectorModel *model);

#define DIO_TYPE_INSPECTOR_MATERIAL (dio_inspector_material_get_type ())
G_DECLARE_FINAL_TYPE (DioInspectorMaterial, dio_inspector_material, DIO, INSPECTOR_MATERIAL, GtkBox)

GtkWidget *dio_inspector_material_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
void dio_inspector_material_refresh (DioInspectorMaterial *material);

G_END_DECLS
