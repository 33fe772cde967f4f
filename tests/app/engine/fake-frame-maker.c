/* A frame maker without a renderer: engine tests need frames by the dozen in no time, equal on every machine.
 * It takes the place of dio-engine-frame.c at link time. */
#define G_LOG_DOMAIN "fake-frame-maker"

#include "dataset-fixture.h"
#include "dio-core-error.h"
#include "dio-engine-frame.h"
#include "dio-image-codec.h"

#include <stdlib.h>
#include <string.h>

struct DioFrameMaker {
  DioFrameMakerDesc desc;
  char *identity;
  GPtrArray *hoard; /* memory that is never given back, for tests of recycling */
};

DioFrameMaker *
dio_frame_maker_new (DioScenario *scenario, const DioFrameMakerDesc *desc, GError **error)
{
  const char *identity = g_getenv ("FAKE_IDENTITY");

  if (g_getenv ("FAKE_NO_START")) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED, "There is no graphics here");
    return NULL;
  }
  DioFrameMaker *maker = g_new0 (DioFrameMaker, 1);
  maker->desc = *desc;
  maker->identity = g_strdup (identity ? identity : "fake | 1");
  maker->hoard = g_ptr_array_new_with_free_func (g_free);
  return maker;
}

void
dio_frame_maker_free (DioFrameMaker *maker)
{
  if (!maker)
    return;
  g_ptr_array_unref (maker->hoard);
  g_free (maker->identity);
  g_free (maker);
}

const char *
dio_frame_maker_get_identity (const DioFrameMaker *maker)
{
  return maker->identity;
}

static void
add_file (DioMadeFrame *made, guint capture, const char *channel)
{
  g_autoptr (DioImage) image =
      fixture_draw (&g_array_index (made->frame.captures, DioDatasetCapture, capture), channel);
  DioMadeFile file = { capture, channel, "png", NULL };

  file.bytes = dio_image_encode (image, DIO_IMAGE_FORMAT_PNG, NULL, NULL);
  g_assert_nonnull (file.bytes);
  g_array_append_val (made->files, file);
}

gboolean
dio_frame_maker_make (DioFrameMaker *maker,
                      guint64 seed,
                      guint32 index,
                      guint32 take,
                      DioMadeFrame *out,
                      GError **error)
{
  const DioOutputs *o = &maker->desc.outputs;
  const char *sleep_ms = g_getenv ("FAKE_FRAME_MS"), *hoard_mib = g_getenv ("FAKE_HOARD_MIB");
  FixtureDesc desc = { .seed = seed,
                       .index = index,
                       .width = maker->desc.width_px ? maker->desc.width_px : 64,
                       .height = maker->desc.height_px ? maker->desc.height_px : 48,
                       .n_sensors = FIXTURE_N_SENSORS };

  if (sleep_ms)
    g_usleep ((gulong) atoi (sleep_ms) * 1000);
  if (hoard_mib) {
    gsize size = (gsize) atoi (hoard_mib) << 20;
    g_ptr_array_add (maker->hoard, memset (g_malloc (size), 1, size));
  }
  fixture_make_frame (&desc, &out->frame);
  out->frame.take = take;
  out->files = g_array_new (FALSE, TRUE, sizeof (DioMadeFile));
  for (guint i = 0; i < FIXTURE_N_SENSORS; i++) {
    if (o->rgb)
      add_file (out, i, "rgb");
    if (o->leaf)
      add_file (out, i, "leaf");
    if (o->depth)
      add_file (out, i, "depth");
    if (o->normal)
      add_file (out, i, "normal");
    if (o->instance)
      add_file (out, i, "instance");
    if (o->semantic)
      add_file (out, i, "semantic");
  }
  return TRUE;
}

void
dio_made_frame_clear (DioMadeFrame *made)
{
  dio_dataset_frame_clear (&made->frame);
  for (guint i = 0; made->files && i < made->files->len; i++)
    g_bytes_unref (g_array_index (made->files, DioMadeFile, i).bytes);
  g_clear_pointer (&made->files, g_array_unref);
}
