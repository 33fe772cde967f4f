/* Folders whose files are choices, CSV files whose rows are values, and the closed scenario that comes of them. */

#include "dio-base-json.h"
#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-randomize.h"
#include "dio-scene-randomizer.h"
#include "dio-sources.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- CSV ---- */

static DioTable *
parse_good (const char *text)
{
  g_autoptr (GError) error = NULL;
  DioTable *table = dio_table_parse (text, strlen (text), "t.csv", &error);
  g_assert_no_error (error);
  return table;
}

static const char *
get_cell (const DioTable *table, guint row, guint column)
{
  return g_ptr_array_index (table->cells, row * table->n_columns + column);
}

static void
test_csv_form (void)
{
  g_autoptr (DioTable) table = parse_good ("\xef\xbb\xbf"
                                           "name,\"the \"\"size\"\"\"\r\n"
                                           "\"a, b\",1\r\n"
                                           "\"two\nlines\", 2 \n"
                                           ",\"\"");
  g_assert_cmpuint (table->n_columns, ==, 2);
  g_assert_cmpuint (dio_table_get_n_rows (table), ==, 3);
  g_assert_cmpint (dio_table_find_column (table, "the \"size\""), ==, 1);
  g_assert_cmpint (dio_table_find_column (table, "size"), ==, -1);
  g_assert_cmpstr (get_cell (table, 0, 0), ==, "a, b");
  g_assert_cmpstr (get_cell (table, 1, 0), ==, "two\nlines");
  g_assert_cmpstr (get_cell (table, 1, 1), ==, " 2 ");
  g_assert_cmpstr (get_cell (table, 2, 1), ==, "");
  const guint lines[] = { 2, 3, 5 };
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_cmpuint (g_array_index (table->lines, guint, i), ==, lines[i]);
}

static void
test_csv_faults (void)
{
  static const struct {
    const char *text, *place;
  } faults[] = {
    { "", "t.csv is empty" },
    { "a,b\n", "t.csv has no row" },
    { "a,b\n1,2\n3\n", "line 3, column 2: the row has 1 cells" },
    { "a,b\n1,2,3\n", "line 2, column 3: the row has 3 cells" },
    { "a,b\n1,\"2\n\n\n", "line 2, column 2: the quote that begins here is never closed" },
    { "a,b\n1,\"2\"x\n", "line 2, column 2: there is text behind the closing quote" },
    { "a,b\n1,2\"\n", "line 2, column 2: a quote stands inside a cell" },
    { "a,b\r1,2\r", "line 1, column 2: a carriage return stands alone" },
    { "a,a\n1,2\n", "line 1, column 2: a second column is named \"a\"" },
    { "a,\n1,2\n", "line 1, column 2: the first line names no column here" },
    { "a;b\n1;2\n", "cells are separated by semicolons" },
    { "a,b\n1,\xff\n", "line 2, column 2: the text is not UTF-8" },
    { "a\n1\n\n2,3\n", "line 4, column 2: the row has 2 cells" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (dio_table_parse (faults[i].text, strlen (faults[i].text), "t.csv", &error));
    g_test_message ("%s", error->message);
    g_assert_error (error, DIO_ERROR, DIO_ERROR_CORRUPT);
    g_assert_nonnull (strstr (error->message, faults[i].place));
  }
}

static void
expect_limit (GString *text, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (dio_table_parse (text->str, text->len, "t.csv", &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, what));
  g_string_free (text, TRUE);
}

static void
test_csv_bounds (void)
{
  GString *rows = g_string_new ("a\n");
  for (guint i = 0; i <= DIO_SOURCES_MAX_CSV_ROWS; i++)
    g_string_append (rows, "1\n");
  expect_limit (rows, "more than 200000 rows");
  GString *columns = g_string_new ("c0");
  for (guint i = 1; i <= DIO_SOURCES_MAX_CSV_COLUMNS; i++)
    g_string_append_printf (columns, ",c%u", i);
  expect_limit (columns, "more than 1024 columns");
  GString *cell = g_string_new ("a\n");
  for (guint i = 0; i < 70000; i++)
    g_string_append_c (cell, 'x');
  expect_limit (cell, "line 2, column 1: a cell is longer");
  GString *file = g_string_sized_new (DIO_SOURCES_MAX_CSV_BYTES + 2);
  for (guint i = 0; i <= DIO_SOURCES_MAX_CSV_BYTES; i++)
    g_string_append_c (file, 'x');
  expect_limit (file, "t.csv has more than 16 MiB");
}

/* Any cut and any byte gives a table or one error, never anything else. */
static void
test_csv_mutations (void)
{
  static const char text[] = "a,\"b\"\"b\"\r\n1,\"x,\ny\"\r\n2,z\r\n";
  static const char bytes[] = "\"\r\n,;a\x01\xff";
  for (gsize i = 0; i < sizeof text; i++) {
    for (gsize k = 0; k < sizeof bytes; k++) {
      char changed[sizeof text];
      memcpy (changed, text, sizeof text);
      changed[i] = bytes[k];
      g_autoptr (GError) error = NULL;
      g_autoptr (DioTable) table =
          dio_table_parse (changed, i + (k % 2) * (sizeof text - i), "t", &error);
      g_assert_true ((table == NULL) == (error != NULL));
      if (table != NULL)
        g_assert_cmpuint (table->cells->len, ==, dio_table_get_n_rows (table) * table->n_columns);
    }
  }
}

/* ---- folders ---- */

typedef struct {
  char *folder;
} Fixture;

static void
put (const Fixture *self, const char *name, const char *content)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, content, -1, NULL));
}

static void
put_link (const Fixture *self, const char *name, const char *target)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("dio-sources-XXXXXX", NULL);
  put (self, "walls/b.png", "b");
  put (self, "walls/a.JPG", "a");
  put (self, "walls/C.webp", "c");
  put (self, "walls/readme.txt", "no choice");
  put (self, "walls/.hidden.png", "no choice");
  put (self, "walls/below/d.png", "not here");
  put (self, "secret/key.png", "secret");
  put (self, "empty/readme.txt", "nothing");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_true (dio_path_remove_tree (self->folder, NULL));
  g_free (self->folder);
}

static void
test_folder_list (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = dio_sources_list_folder (self->folder, "walls", DIO_ASSET_TEXTURE, &error);
  g_assert_no_error (error);
  g_autofree char *line = g_strjoinv (" ", names);
  /* By bytes, whatever the locale or the directory says. */
  g_assert_cmpstr (line, ==, "C.webp a.JPG b.png");
}

static void
expect_refused (const Fixture *self, const char *folder, DioError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (dio_sources_list_folder (self->folder, folder, DIO_ASSET_TEXTURE, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, DIO_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_folder_refused (Fixture *self, gconstpointer data)
{
  expect_refused (self, "nowhere", DIO_ERROR_NOT_FOUND, "\"nowhere\" cannot be read");
  expect_refused (self, "empty", DIO_ERROR_INVALID, "holds no picture");
  expect_refused (self, "walls/../secret", DIO_ERROR_INVALID, "must not leave");
  expect_refused (self, "/etc", DIO_ERROR_INVALID, "must be relative");
  expect_refused (self, "walls/b.png", DIO_ERROR_INVALID, "is a link or leads through a file");
  put_link (self, "door", "secret");
  expect_refused (self, "door", DIO_ERROR_INVALID, "\"door\" is a link");
  put_link (self, "up", "..");
  expect_refused (self, "up/walls", DIO_ERROR_INVALID, "is a link");
  put_link (self, "walls/z.png", "../secret/key.png");
  expect_refused (self, "walls", DIO_ERROR_INVALID, "\"walls/z.png\" is a link");
}

static void
test_folder_odd_files (Fixture *self, gconstpointer data)
{
  g_autofree char *fifo = g_build_filename (self->folder, "walls", "pipe.png", NULL);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  expect_refused (self, "walls", DIO_ERROR_INVALID,
                  "\"walls/pipe.png\" is a link or no regular file");
  g_assert_cmpint (g_unlink (fifo), ==, 0);
  put (self, "walls/x:y.png", "x");
  expect_refused (self, "walls", DIO_ERROR_INVALID, "the file \"walls/x:y.png\" must be relative");
}

static void
test_table_links (Fixture *self, gconstpointer data)
{
  static const char *const names[] = { "t.csv", "walls/key.csv", "walls" };
  put (self, "secret/key.csv", "a\n1\n");
  put_link (self, "t.csv", "secret/key.csv");
  put_link (self, "walls/key.csv", "/etc/passwd");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (dio_table_load (self->folder, names[i], &error));
    g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  }
  g_autoptr (DioTable) table = dio_table_load (self->folder, "secret/key.csv", NULL);
  g_assert_nonnull (table);
}

/* ---- the closed scenario ---- */

static DioScenario *
make_scenario (const char *randomizers)
{
  g_autofree char *text = g_strdup_printf (
      "{'format': 'diorama-scenario', 'version': 1,"
      " 'assets': [{'id': 'brick', 'kind': 'texture', 'path': 'walls/b.png', 'tags': ['wall', "
      "'old']},"
      "            {'id': 'alder', 'kind': 'texture', 'path': 'other.png', 'tags': ['wall']}],"
      " 'nodes': [{'id': 'm', 'kind': 'model', 'model': {'parametric': 'mug'}},"
      "           {'id': 'cam', 'kind': 'sensor', 'sensor': {'width': 8, 'height': 8}}],"
      " 'randomizers': [%s]}",
      randomizers);
  g_strdelimit (text, "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) json = dio_json_parse (text, strlen (text), "test", &error);
  g_assert_no_error (error);
  DioScenario *scenario = dio_scenario_from_json (json, NULL, &error);
  g_assert_no_error (error);
  return scenario;
}

static DioScenario *
expand_good (const Fixture *self, const char *randomizers)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = make_scenario (randomizers);
  g_assert_true (dio_sources_is_open (scenario));
  DioScenario *closed = dio_sources_expand (scenario, self->folder, &error);
  g_assert_no_error (error);
  g_assert_false (dio_sources_is_open (closed));
  return closed;
}

static char *
dup_drawn (DioScenario *scenario, guint32 frame)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioResolved) resolved = dio_resolve (scenario, 5, frame, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (resolved->draws->len, ==, 1);
  return g_strdup (g_array_index (resolved->draws, DioDraw, 0).string);
}

#define FOLDER_CHOICE "{'id': 'r', 'type': 'texture-choice', 'targets': ['m'], 'folder': 'walls'}"
#define BACKGROUND "{'id': 'r', 'type': 'background-choice', 'targets': ['cam'], 'folder': 'walls'}"

static void
test_expand_folder (Fixture *self, gconstpointer data)
{
  g_autoptr (DioScenario) closed =
      expand_good (self, FOLDER_CHOICE ", {'id': 's', 'type':"
                                       " 'background-choice', 'targets': ['cam'],"
                                       " 'folder': 'walls', 'enabled': false}");
  const char *const *list =
      dio_randomizer_get_strings (g_ptr_array_index (closed->randomizers, 0), "textures");
  const char *const *again =
      dio_randomizer_get_strings (g_ptr_array_index (closed->randomizers, 1), "pictures");
  g_assert_cmpuint (g_strv_length ((GStrv) list), ==, 3);
  g_assert_true (g_strv_equal (list, again));
  /* A file that stands in "assets" keeps its entry, others get one, and one alone. */
  g_assert_cmpuint (closed->assets->len, ==, 4);
  g_assert_cmpstr (list[2], ==, "brick");
  const DioAsset *first = dio_scenario_find_asset (closed, list[0]);
  g_assert_cmpstr (first->path, ==, "walls/C.webp");
  g_assert_true (g_str_has_prefix (first->id, "C.webp."));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint frame = 0; frame < 40; frame++)
    g_hash_table_add (seen, dup_drawn (closed, frame));
  g_assert_cmpuint (g_hash_table_size (seen), ==, 3);
}

/* The same files give the same document; another file gives another document, another stamp, and leaves the one that
 * was made before as it is. */
static void
test_expand_is_frozen (Fixture *self, gconstpointer data)
{
  g_autoptr (DioScenario) open = make_scenario (BACKGROUND);
  g_autoptr (DioScenario) before = expand_good (self, BACKGROUND);
  g_autoptr (DioScenario) same = expand_good (self, BACKGROUND);
  g_autofree char *text = dio_scenario_to_text (before);
  g_autofree char *same_text = dio_scenario_to_text (same);
  g_assert_cmpstr (text, ==, same_text);
  g_autofree char *stamp = dio_sources_dup_stamp (open, self->folder);
  g_autofree char *drawn = dup_drawn (before, 7);

  g_usleep (20000);
  put (self, "walls/0.png", "new");
  g_autoptr (DioScenario) after = expand_good (self, BACKGROUND);
  g_autofree char *new_text = dio_scenario_to_text (after);
  g_autofree char *new_stamp = dio_sources_dup_stamp (open, self->folder);
  g_autofree char *drawn_again = dup_drawn (before, 7);
  g_assert_cmpstr (text, !=, new_text);
  g_assert_cmpstr (stamp, !=, new_stamp);
  g_assert_cmpstr (drawn, ==, drawn_again);
}

static void
expect_not_expanded (const Fixture *self, const char *randomizers, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = make_scenario (randomizers);
  g_assert_null (dio_sources_expand (scenario, self->folder, &error));
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, "randomizer \"r\": "));
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_open_is_not_resolved (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = make_scenario (FOLDER_CHOICE);
  g_assert_null (dio_resolve (scenario, 0, 0, 0, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "has not been read"));
  expect_not_expanded (self,
                       "{'id': 'r', 'type': 'texture-choice', 'targets': ['m'], 'folder': 'gone'}",
                       "\"gone\" cannot be read");
}

/* A tag needs no file, and its choices come in the order of ids. */
static void
test_tag (Fixture *self, gconstpointer data)
{
  g_autoptr (DioScenario) scenario =
      make_scenario ("{'id': 'r', 'type': 'texture-choice', 'targets': ['m'], 'tag': 'wall'}");
  g_autoptr (DioScenario) listed = make_scenario (
      "{'id': 'r', 'type': 'texture-choice', 'targets': ['m'], 'textures': ['alder', 'brick']}");
  g_assert_false (dio_sources_is_open (scenario));
  for (guint frame = 0; frame < 12; frame++) {
    g_autofree char *a = dup_drawn (scenario, frame);
    g_autofree char *b = dup_drawn (listed, frame);
    g_assert_cmpstr (a, ==, b);
  }
}

#define TABLE(property, columns, more)                                                             \
  "{'id': 'r', 'type': 'table-column', 'targets': ['cam'], 'property': '" property                 \
  "', 'file': 't.csv', 'columns': [" columns "]" more "}"

static double
get_ev (DioScenario *scenario, guint64 seed, guint32 frame, guint32 take)
{
  g_autoptr (DioResolved) resolved = dio_resolve (scenario, seed, frame, take, NULL, NULL);
  return g_array_index (resolved->nodes, DioResolvedNode, 1).node->sensor.exposure_ev100;
}

static void
test_table_values (Fixture *self, gconstpointer data)
{
  static const struct {
    guint32 frame;
    double ev, held_ev;
  } expected[] = { { 0, 9.5, 9.5 }, { 1, 10, 9.5 }, { 2, -2, 10 },
                   { 3, 9.5, 10 },  { 5, -2, -2 },  { 7, 10, 9.5 } };
  put (self, "t.csv", "frame,ev,x,y,z\n0,9.5,1,2,3\n1, 1e1 ,4,5,6\n2,-2,7,8,9\n");
  g_autoptr (DioScenario) closed = expand_good (self, TABLE ("sensor/exposure_ev100", "'ev'", ""));
  g_autoptr (DioScenario) held =
      expand_good (self, TABLE ("sensor/exposure_ev100", "'ev'", ", 'hold': 2"));
  g_autoptr (DioScenario) place = expand_good (self, TABLE ("translation", "'x','y','z'", ""));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    /* Neither seed nor take matters. */
    g_assert_cmpfloat (get_ev (closed, 3 + i, expected[i].frame, i), ==, expected[i].ev);
    g_assert_cmpfloat (get_ev (held, 3 + i, expected[i].frame, i), ==, expected[i].held_ev);
  }
  g_autoptr (DioResolved) second = dio_resolve (place, 1, 4, 0, NULL, NULL);
  const DioResolvedNode *cam = &g_array_index (second->nodes, DioResolvedNode, 1);
  g_assert_cmpfloat (cam->world_from_node.m[12], ==, 4);
  g_assert_cmpfloat (cam->world_from_node.m[14], ==, 6);
}

static void
test_table_names (Fixture *self, gconstpointer data)
{
  put (self, "t.csv", "fit,picture\ncrop,brick\nfit,procedural:wood\n");
  g_autoptr (DioScenario) closed = expand_good (self, TABLE ("sensor/background", "'picture'", ""));
  g_autoptr (DioScenario) fitted = expand_good (self, TABLE ("sensor/background_fit", "'fit'", ""));
  g_autofree char *drawn = dup_drawn (closed, 3);
  g_assert_cmpstr (drawn, ==, "procedural:wood");
  g_autoptr (DioResolved) resolved = dio_resolve (fitted, 1, 1, 0, NULL, NULL);
  const DioResolvedNode *cam = &g_array_index (resolved->nodes, DioResolvedNode, 1);
  g_assert_cmpint (cam->node->sensor.background_fit, ==, DIO_BACKDROP_FIT);
}

static void
test_table_faults (Fixture *self, gconstpointer data)
{
  put (self, "t.csv", "ev,px,pic\n1,2,brick\n\"1,5\",2,brick\n99,0x10,nothing\n");
  expect_not_expanded (
      self, TABLE ("sensor/exposure_ev100", "'ev'", ""),
      "t.csv, line 3, column 1 (\"ev\"): \"1,5\" is no number; write its decimals");
  expect_not_expanded (self, TABLE ("sensor/exposure_ev100", "'px'", ""),
                       "t.csv, line 4, column 2 (\"px\"): \"0x10\" is no number");
  expect_not_expanded (self, TABLE ("sensor/background", "'pic'", ""),
                       "t.csv, line 4, column 3 (\"pic\"): names no asset");
  expect_not_expanded (
      self, TABLE ("sensor/exposure_ev100", "'ec'", ""),
      "t.csv, line 1: there is no column \"ec\"; there are \"ev\", \"px\", \"pic\"");
  put (self, "t.csv", "ev\n31\n");
  expect_not_expanded (self, TABLE ("sensor/exposure_ev100", "'ev'", ""),
                       "\"sensor/exposure_ev100\" takes -20 to 30 EV100, not 31");
}

static void
test_table_end (Fixture *self, gconstpointer data)
{
  put (self, "t.csv", "ev\n1\n2\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) closed =
      expand_good (self, TABLE ("sensor/exposure_ev100", "'ev'", ", 'at_end': 'stop', 'hold': 2"));
  g_assert_true (dio_sources_check_frames (closed, 0, 4, &error));
  g_assert_no_error (error);
  g_assert_false (dio_sources_check_frames (closed, 2, 3, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "values for 4 frames, the job ends behind frame 4"));
  g_clear_error (&error);
  g_assert_null (dio_resolve (closed, 0, 4, 0, NULL, &error));
  g_assert_nonnull (strstr (error->message, "frame 4 lies behind the last of its 2 rows"));
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sources/csv/form", test_csv_form);
  g_test_add_func ("/sources/csv/faults", test_csv_faults);
  g_test_add_func ("/sources/csv/bounds", test_csv_bounds);
  g_test_add_func ("/sources/csv/mutations", test_csv_mutations);
  ADD ("/sources/folder/list", test_folder_list);
  ADD ("/sources/folder/refused", test_folder_refused);
  ADD ("/sources/folder/odd-files", test_folder_odd_files);
  ADD ("/sources/table/links", test_table_links);
  ADD ("/sources/expand/folder", test_expand_folder);
  ADD ("/sources/expand/frozen", test_expand_is_frozen);
  ADD ("/sources/expand/open", test_open_is_not_resolved);
  ADD ("/sources/tag", test_tag);
  ADD ("/sources/table/values", test_table_values);
  ADD ("/sources/table/names", test_table_names);
  ADD ("/sources/table/faults", test_table_faults);
  ADD ("/sources/table/end", test_table_end);
  return g_test_run ();
}
