/* Draws the scenes of the comparison with Cycles and writes each into a folder of its own: the scene, our light in nits
 * (raster.npy) and who owns each pixel (leaf.npy). Usage: write-cycles-scenes FOLDER [SCENARIO WIDTHxHEIGHT FRAME],
 * the latter instead of the scenes a frame of a scenario as FOLDER/scenario. */

#include "cycles-export.h"
#include "cycles-scenes.h"

#include "dio-base-json.h"
#include "dio-gl.h"
#include "dio-stage.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

/* Where scenes go and what draws them. */
typedef struct {
  const char *folder;
  DioGlRenderer *renderer, *plain; /**< of pictures, of materials: without ambient occlusion */
} Writer;

static gboolean
write_scene (
    const Writer *self, const char *name, const char *kind, const DioFrame *frame, GError **error)
{
  g_autofree char *folder = g_build_filename (self->folder, name, NULL);
  g_autofree char *note = g_build_filename (folder, "kind", NULL);
  g_mkdir_with_parents (folder, 0777);
  DioGlRenderer *renderer = g_str_equal (kind, "picture") ? self->renderer : self->plain;
  g_autoptr (DioImage) nits = dio_gl_renderer_draw_linear (renderer, frame, 0, error);
  g_auto (DioGlOutput) out = { 0 };
  if (nits == NULL || !dio_gl_renderer_draw (renderer, frame, 0, TRUE, &out, error))
    return FALSE;
  return cycles_write_array (nits, folder, "raster.npy", error)
         && cycles_write_array (out.leaf, folder, "leaf.npy", error)
         && cycles_export (frame, folder, error) && g_file_set_contents (note, kind, -1, error);
}

static gboolean
write_all (const Writer *self, GError **error)
{
  gboolean ok = TRUE;
  for (guint i = 0; i < cycles_n_scenes && ok; i++) {
    const CyclesScene *scene = &cycles_scenes[i];
    if (!cycles_scene_is_possible (scene)) {
      g_print ("%s is left out: it needs the development assets\n", scene->name);
      continue;
    }
    g_autoptr (DioFrame) frame = scene->make (scene->argument, error);
    ok = frame != NULL && write_scene (self, scene->name, scene->kind, frame, error);
  }
  return ok;
}

static gboolean
write_scenario (const Writer *self, char **arguments, GError **error)
{
  DioStageDesc desc = { 0 };
  if (sscanf (arguments[1], "%ux%u", &desc.width_px, &desc.height_px) != 2) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s is no size", arguments[1]);
    return FALSE;
  }
  g_autofree char *scenario_folder = g_path_get_dirname (arguments[0]);
  g_autoptr (DioScenario) scenario = dio_scenario_load (arguments[0], NULL, error);
  if (scenario == NULL)
    return FALSE;
  DioPool *pool = dio_pool_new (1);
  desc.scenario_folder = scenario_folder;
  desc.pool = pool;
  DioStage *stage = dio_stage_new (scenario, &desc);
  DioResolved *resolved = dio_resolve (scenario, 1, (guint32) atoi (arguments[2]), 0,
                                       dio_stage_get_environment (stage), error);
  DioFrame *frame = resolved != NULL ? dio_stage_build (stage, resolved, error) : NULL;
  gboolean ok = frame != NULL && write_scene (self, "scenario", "picture", frame, error);
  g_clear_pointer (&frame, dio_frame_unref);
  g_clear_pointer (&resolved, dio_resolved_free);
  dio_stage_free (stage);
  dio_pool_free (pool);
  return ok;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  if (argc != 2 && argc != 5) {
    g_printerr ("usage: write-cycles-scenes FOLDER [SCENARIO WIDTHxHEIGHT FRAME]\n");
    return 2;
  }
  g_autoptr (DioGlContext) context = dio_gl_context_new_headless (&error);
  g_autoptr (DioGlRenderer) renderer =
      context != NULL ? dio_gl_renderer_new (context, NULL, &error) : NULL;
  const DioGlOptions options = { .no_ambient_occlusion = TRUE };
  g_autoptr (DioGlRenderer) plain =
      renderer != NULL ? dio_gl_renderer_new (context, &options, &error) : NULL;
  const Writer writer = { argv[1], renderer, plain };
  gboolean ok =
      plain != NULL
      && (argc == 2 ? write_all (&writer, &error) : write_scenario (&writer, argv + 2, &error));
  if (!ok)
    g_printerr ("write-cycles-scenes: %s\n", error->message);
  return ok ? 0 : 1;
}
