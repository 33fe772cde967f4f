#pragma once
/* Thread: main. The clerk: a thread that has the user's catalog open, tells what changed in it and does errands there, in order. */

#include "dio-catalog.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct DioClerk DioClerk;

/** What the catalog holds; given to whoever is told. */
typedef struct {
  GPtrArray *jobs;     /**< of DioCatalogJob*, in the catalog's order */
  GArray *free_bytes;  /**< guint64 at the place of each job: where it writes, 0 = it does not */
  GPtrArray *datasets; /**< of DioCatalogDataset* */
} DioCatalogNews;

typedef struct {
  /** Main context of the clerk's maker; may steal the elements of @news. */
  void (*news) (DioCatalogNews *news, gpointer user);
  /** Something worth a warning: the catalog cannot be opened, or was damaged; English. */
  void (*notice) (const char *message, gpointer user);
  gpointer user;
} DioClerkObserver;

/** @catalog_path, @engine_path are copied. */
DioClerk *dio_clerk_new (const char *catalog_path,
                         const char *engine_path,
                         const DioClerkObserver *observer) G_GNUC_WARN_UNUSED_RESULT;
/** Waits for the errand in hand; nobody is told afterwards. */
void dio_clerk_free (DioClerk *clerk);

/** Thread: the clerk's. Does one errand; returns FALSE with an error. */
typedef gboolean (*DioErrandFunc) (DioCatalog *catalog, gpointer data, GError **error);
/** Takes @task, whose task data is given to @func and which returns TRUE when it is done, behind the news of it. @wake_queue: the queue must run afterwards. */
void dio_clerk_send (DioClerk *clerk, GTask *task, DioErrandFunc func, gboolean wake_queue);

G_END_DECLS
