#define G_LOG_DOMAIN "dio-jobs"

#include "dio-job-frames.h"

#include "dio-dataset.h"
#include "dio-review-thumbnail.h"
#include "dio-texture.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#define N_FRAMES 6
#define WIDTH_PX 192

/* Frames are stored about in order, not exactly: how far back the newest ones are looked for. One below the newest may
 * come after it, so that every frame that is done is a reason to look again. */
#define LOOK_BACK 64

/** What a worker is asked, and what it found. */
typedef struct {
  char *folder;
  guint64 first, newest, done;
  guint n;
  DioImage *images[N_FRAMES];
  guint64 indices[N_FRAMES];
} Look;

struct _DioJobFrames {
  GtkBox parent_instance;

  GtkPicture *pictures[N_FRAMES];
  GtkLabel *captions[N_FRAMES];
  char *folder;
  guint64 first;
  guint64 shown;  /**< frames that were done when it was looked last, 0 never */
  guint64 wanted; /**< frames that are done now */
  gint64 newest;  /**< highest index among them, -1 none */
  gboolean looking;
};

G_DEFINE_FINAL_TYPE (DioJobFrames, dio_job_frames, GTK_TYPE_BOX)

static void
look_free (gpointer data)
{
  Look *look = data;
  for (guint i = 0; i < look->n; i++)
    dio_image_unref (look->images[i]);
  g_free (look->folder);
  g_free (look);
}

static DioImage *
load_picture (DioDataset *dataset, const DioDatasetFileName *name)
{
  g_autofree char *path = dio_dataset_dup_file_path (dataset, name, NULL);
  if (path == NULL)
    return NULL;
  g_autofree char *full = g_build_filename (dio_dataset_get_folder (dataset), path, NULL);
  if (!g_file_test (full, G_FILE_TEST_EXISTS))
    return NULL;
  DioReviewThumbnailDesc desc = { .path = full, .size_px = 2 * WIDTH_PX };
  return dio_review_thumbnail_load (&desc, NULL);
}

/* The picture of one frame, PNG or what a sensor writes as JPEG; NULL where it is not there (yet). */
static DioImage *
load_frame (DioDataset *dataset, gint64 run, const char *sensor, guint64 index)
{
  DioDatasetFileName name = { run, index, 0, sensor, "rgb", "png" };
  DioImage *image = load_picture (dataset, &name);
  name.extension = "jpg";
  return image != NULL ? image : load_picture (dataset, &name);
}

static const char *
find_sensor (const DioScenario *scenario)
{
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (node->kind == DIO_NODE_SENSOR)
      return node->id;
  }
  return NULL;
}

/* A dataset that cannot be read yet shows nothing: the next update looks again. */
static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Look *look = data;
  g_autoptr (DioDataset) dataset = dio_dataset_open (look->folder, DIO_DATASET_READ, NULL);
  DioScenario *scenario = dataset != NULL ? dio_dataset_get_scenario (dataset, NULL) : NULL;
  const char *sensor = scenario != NULL ? find_sensor (scenario) : NULL;
  g_autoptr (GArray) runs = dataset != NULL ? dio_dataset_list_runs (dataset, NULL) : NULL;
  if (sensor != NULL && runs != NULL && runs->len > 0) {
    gint64 run = g_array_index (runs, gint64, runs->len - 1);
    for (guint64 back = 0; back < LOOK_BACK && look->n < N_FRAMES; back++) {
      if (look->newest < look->first + back)
        break;
      DioImage *image = load_frame (dataset, run, sensor, look->newest - back);
      if (image == NULL)
        continue;
      look->indices[look->n] = look->newest - back;
      look->images[look->n++] = image;
    }
  }
  g_task_return_boolean (task, TRUE);
}

static void start (DioJobFrames *self);

static void
show (DioJobFrames *self, const Look *look)
{
  for (guint i = 0; i < N_FRAMES; i++) {
    g_autoptr (GdkTexture) texture = i < look->n ? dio_texture_new (look->images[i]) : NULL;
    g_autofree char *caption = NULL;
    if (i < look->n)
      caption = g_strdup_printf (_ ("Frame %" PRIu64), look->indices[i]);
    // A place without a picture keeps its height.
    g_autoptr (GdkPaintable) nothing = texture == NULL ? gdk_paintable_new_empty (4, 3) : NULL;
    gtk_picture_set_paintable (self->pictures[i],
                               texture != NULL ? GDK_PAINTABLE (texture) : nothing);
    gtk_picture_set_alternative_text (self->pictures[i], caption != NULL ? caption : "");
    gtk_label_set_text (self->captions[i], caption != NULL ? caption : "");
  }
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  DioJobFrames *self = DIO_JOB_FRAMES (source);
  const Look *look = g_task_get_task_data (G_TASK (result));
  self->looking = FALSE;
  if (g_strcmp0 (look->folder, self->folder) == 0) {
    show (self, look);
    self->shown = look->n > 0 ? look->done : 0;
  }
  if (self->wanted != look->done)
    start (self);
}

static void
start (DioJobFrames *self)
{
  if (self->looking || self->newest < 0)
    return;
  Look *look = g_new0 (Look, 1);
  look->folder = g_strdup (self->folder);
  look->first = self->first;
  look->newest = (guint64) self->newest;
  look->done = self->wanted;
  self->looking = TRUE;
  g_autoptr (GTask) task = g_task_new (self, NULL, looked_cb, NULL);
  g_task_set_task_data (task, look, look_free);
  g_task_run_in_thread (task, look_in_thread);
}

void
dio_job_frames_set (DioJobFrames *self, const DioCatalogJob *job)
{
  g_return_if_fail (DIO_IS_JOB_FRAMES (self) && job != NULL);

  if (g_strcmp0 (self->folder, job->spec.output) != 0) {
    static const Look nothing;
    g_free (self->folder);
    self->folder = g_strdup (job->spec.output);
    self->shown = 0;
    show (self, &nothing);
  }
  self->first = job->spec.first;
  self->newest = job->progress.newest_frame;
  self->wanted = job->progress.done;
  gtk_widget_set_visible (GTK_WIDGET (self), self->newest >= 0);
  if (self->wanted != self->shown)
    start (self);
}

static void
dio_job_frames_finalize (GObject *object)
{
  g_free (DIO_JOB_FRAMES (object)->folder);
  G_OBJECT_CLASS (dio_job_frames_parent_class)->finalize (object);
}

static void
dio_job_frames_class_init (DioJobFramesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_job_frames_finalize;
}

static void
dio_job_frames_init (DioJobFrames *self)
{
  self->newest = -1;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  GtkWidget *title = gtk_label_new (_ ("Newest Frames"));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (self), title);
  // Places stay where they are while pictures come.
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  gtk_box_append (GTK_BOX (self), row);
  for (guint i = 0; i < N_FRAMES; i++) {
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
    self->pictures[i] = GTK_PICTURE (gtk_picture_new ());
    gtk_widget_set_valign (GTK_WIDGET (self->pictures[i]), GTK_ALIGN_START);
    gtk_widget_add_css_class (GTK_WIDGET (self->pictures[i]), "dio-picture");
    gtk_widget_set_overflow (GTK_WIDGET (self->pictures[i]), GTK_OVERFLOW_HIDDEN);
    gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->pictures[i]));
    self->captions[i] = GTK_LABEL (gtk_label_new (NULL));
    gtk_widget_add_css_class (GTK_WIDGET (self->captions[i]), "caption");
    gtk_widget_add_css_class (GTK_WIDGET (self->captions[i]), "dim-label");
    gtk_widget_add_css_class (GTK_WIDGET (self->captions[i]), "numeric");
    gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->captions[i]));
    gtk_box_append (GTK_BOX (row), box);
  }
}

GtkWidget *
dio_job_frames_new (void)
{
  return g_object_new (DIO_TYPE_JOB_FRAMES, NULL);
}
