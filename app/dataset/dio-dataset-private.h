#pragma once
/* Thread: that of the dataset. What the sources of dataset/ share. */

#include "dio-dataset.h"
#include "dio-sql.h"

/** Statements of the writer, prepared once at the first store. */
typedef enum {
  DIO_STORE_FIND_FRAME,
  DIO_STORE_DELETE_FRAME,
  DIO_STORE_FRAME,
  DIO_STORE_CAPTURE,
  DIO_STORE_FILE,
  DIO_STORE_MASK,
  DIO_STORE_ANNOTATION,
  DIO_STORE_POSE,
  DIO_STORE_LEAF,
  DIO_STORE_HIDDEN,
  DIO_STORE_CHECK,
  DIO_STORE_DRAW,
  DIO_STORE_DIAGNOSTIC,
  DIO_STORE_N_STATEMENTS,
} DioStoreStatement;

struct DioDataset {
  char *folder;
  DioDatasetMode mode;
  DioSql *sql;
  DioScenario *scenario; /**< parsed at the first call that asks for it */
  DioSqlStatement *store[DIO_STORE_N_STATEMENTS];
  DioSqlStatement *find_file;
  DioDatasetCursor *single;      /**< of dio_dataset_load_capture, or NULL */
  GHashTable *sensor_file_names; /**< sensor id -> file_name, read once */
};

/** What a cursor walks over. */
typedef struct {
  DioLoadFlags flags;
  gint64 run;      /**< 0 = all */
  gboolean failed; /**< failed frames too */
} DioCursorDesc;

DioDatasetCursor *dio_dataset_cursor_new (DioDataset *dataset,
                                          const DioCursorDesc *desc,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Ids of all runs in an order that depends only on what they are. */
GArray *dio_dataset_list_runs_canonically (DioDataset *dataset,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Valid UTF-8 whatever the file holds; "" for NULL. */
char *dio_dataset_dup_column (DioSqlStatement *statement, int column) G_GNUC_WARN_UNUSED_RESULT;
