#pragma once
/* Thread: any. A catalog in a folder of its own. */

#include "dataset-fixture.h"
#include "dio-base-path.h"
#include "dio-catalog-run.h"
#include "dio-core-error.h"

typedef struct {
  char *folder, *path, *scenario;
  DioCatalog *catalog;
} CatalogFixture;

static inline void
catalog_fixture_set_up (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = fixture_make_scenario ();

  f->folder = g_dir_make_tmp ("dio-catalog-XXXXXX", &error);
  g_assert_no_error (error);
  f->path = g_build_filename (f->folder, "data", "catalog.db", NULL);
  f->scenario = dio_scenario_to_text (scenario);
  f->catalog = dio_catalog_open (f->path, NULL, &error);
  g_assert_no_error (error);
}

static inline void
catalog_fixture_tear_down (CatalogFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  dio_catalog_close (f->catalog);
  dio_path_remove_tree (f->folder, &error);
  g_assert_no_error (error);
  g_free (f->folder);
  g_free (f->path);
  g_free (f->scenario);
}

/** Adds a job of 10 frames that writes to FOLDER/@name. */
static inline gint64
catalog_fixture_add (CatalogFixture *f, const char *name, int priority)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *output = g_build_filename (f->folder, name, NULL);
  DioJobSpec spec = { .name = (char *) name,
                      .scenario = f->scenario,
                      .scenario_folder = f->folder,
                      .output = output,
                      .seed = 7,
                      .first = 100,
                      .count = 10,
                      .priority = priority };
  gint64 id = dio_catalog_add_job (f->catalog, &spec, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static inline DioJobState
catalog_fixture_get_state (CatalogFixture *f, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioCatalogJob) job = dio_catalog_get_job (f->catalog, id, &error);

  g_assert_no_error (error);
  return job->state;
}
