#pragma once
/* Thread: main. Edits one randomizer of the document: name, targets, every parameter of its type. */

#include "dio-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_RANDOMIZER_EDITOR (dio_randomizer_editor_get_type ())
G_DECLARE_FINAL_TYPE (DioRandomizerEditor, dio_randomizer_editor, DIO, RANDOMIZER_EDITOR, AdwBin)

GtkWidget *dio_randomizer_editor_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** Shows the randomizer @id; NULL or one that is not there: nothing. */
void dio_randomizer_editor_set_randomizer (DioRandomizerEditor *editor, const char *id);

G_END_DECLS
