#pragma once
/* Thread: that of the connection. What the two sources of sql/ share. */

#include "dio-sql.h"

#include <sqlite3.h>

struct DioSql {
  sqlite3 *db;
  char *path;
};

/** Always FALSE; "The database X cannot @what: ...". */
gboolean dio_sql_set_error (DioSql *sql, int rc, const char *what, GError **error);
