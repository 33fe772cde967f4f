#pragma once
/* Thread: main. What the files of the window share. */

#include "dio-taxonomy-model-private.h"
#include "dio-taxonomy-window.h"

G_BEGIN_DECLS

/* -- dio-taxonomy-details.c: everything about one category ----------------------------------------------------------------- */

#define DIO_TYPE_TAXONOMY_DETAILS (dio_taxonomy_details_get_type ())
G_DECLARE_FINAL_TYPE (DioTaxonomyDetails, dio_taxonomy_details, DIO, TAXONOMY_DETAILS, GtkBox)

GtkWidget *dio_taxonomy_details_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** @id of the category that is shown and edited; NULL = none. */
void dio_taxonomy_details_show (DioTaxonomyDetails *details, const char *id);

/* -- dio-taxonomy-commands.c: each is one undo step, or a message ------------------------------------------------------------ */

/** Takes @next; on NULL says @problem. */
gboolean dio_taxonomy_commit (DioSession *session,
                              DioScenario *next,
                              const char *name,
                              const char *problem,
                              const GError *error);
/** Adds a category and gives its id (owned), or NULL. */
char *dio_taxonomy_add (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** Deletes it at once where nobody uses it, else asks first, saying who loses it. */
void dio_taxonomy_delete (DioSession *session, GtkWindow *parent, const char *id);
void dio_taxonomy_delete_now (DioSession *session, const char *id);
void dio_taxonomy_move (DioSession *session, const char *id, guint position);
void dio_taxonomy_merge (DioSession *session, const char *from, const char *into);
/** Binds the selected models and groups. */
void dio_taxonomy_assign (DioSession *session, const char *id);
/** Selects the nodes that are bound to it. */
void dio_taxonomy_select_users (DioSession *session, const char *id);
void dio_taxonomy_import (DioSession *session, GtkWindow *parent);
/** What an import does with the text of the file. */
void dio_taxonomy_import_text (DioSession *session, const char *text, gsize length);
/** Name, or id where it has none. Borrowed. */
const char *dio_taxonomy_get_title (const DioCategory *category);

G_END_DECLS
