#define G_LOG_DOMAIN "dio-gl"

#include "dio-core-error.h"
#include "dio-gl-private.h"

#include <gio/gio.h>
#include <string.h>

#define RESOURCE_PATH "/diorama/shaders/"
#define MAX_INCLUDE_DEPTH 4

struct DioGlPrograms {
  DioGlContext *context;
  gboolean orthographic; /* see dio_gl_programs_set_orthographic */
  GHashTable *by_name;   /* "vertex fragment defines" -> program id */
};

DioGlPrograms *
dio_gl_programs_new (DioGlContext *context)
{
  DioGlPrograms *self = g_new0 (DioGlPrograms, 1);
  self->context = context;
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
dio_gl_programs_free (DioGlPrograms *self)
{
  if (self == NULL)
    return;
  GHashTableIter iter;
  gpointer program;
  g_hash_table_iter_init (&iter, self->by_name);
  while (g_hash_table_iter_next (&iter, NULL, &program))
    glDeleteProgram (GPOINTER_TO_UINT (program));
  g_hash_table_unref (self->by_name);
  g_free (self);
}

/* The text of a shader file: from $DIORAMA_SHADER_DIR where that is set, else built in. */
static char *
load_text (const char *name, GError **error)
{
  const char *folder = g_getenv ("DIORAMA_SHADER_DIR");
  if (folder != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    char *text = NULL;
    if (!g_file_get_contents (path, &text, NULL, error))
      g_prefix_error (error, "Shader %s: ", name);
    return text;
  }
  g_autofree char *path = g_strconcat (RESOURCE_PATH, name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (bytes == NULL) {
    g_prefix_error (error, "Shader %s: ", name);
    return NULL;
  }
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* The name in `#include "name"`, else NULL. */
static char *
parse_include (const char *line)
{
  if (!g_str_has_prefix (line, "#include \""))
    return NULL;
  const char *start = line + strlen ("#include \"");
  const char *end = strchr (start, '"');
  return end != NULL ? g_strndup (start, (gsize) (end - start)) : NULL;
}

/* A word `NAME` or `NAME=VALUE`. */
static void
append_define (GString *out, const char *word)
{
  const char *equals = strchr (word, '=');
  if (equals != NULL)
    g_string_append_printf (out, "#define %.*s %s\n", (int) (equals - word), word, equals + 1);
  else if (*word != '\0')
    g_string_append_printf (out, "#define %s 1\n", word);
}

/* Appends @name to @out, with its includes in place; the defines follow the #version line. */
static gboolean
append_file (GString *out, const char *name, const char *defines, int depth, GError **error)
{
  g_autofree char *text = load_text (name, error);
  if (text == NULL)
    return FALSE;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    g_autofree char *include = parse_include (*line);
    if (include != NULL && depth >= MAX_INCLUDE_DEPTH) {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "Shader %s: includes nest too deeply",
                   name);
      return FALSE;
    }
    if (include != NULL && !append_file (out, include, "", depth + 1, error))
      return FALSE;
    if (include != NULL)
      continue;
    g_string_append_printf (out, "%s\n", *line);
    if (!g_str_has_prefix (*line, "#version"))
      continue;
    g_auto (GStrv) words = g_strsplit (defines, " ", -1);
    for (char **word = words; *word != NULL; word++)
      append_define (out, *word);
  }
  return TRUE;
}

static GLuint
compile (GLenum kind, const char *name, const char *defines, GError **error)
{
  g_autoptr (GString) source = g_string_new (NULL);
  if (!append_file (source, name, defines, 0, error))
    return 0;

  GLuint shader = glCreateShader (kind);
  const char *text = source->str;
  GLint ok = 0;
  glShaderSource (shader, 1, &text, NULL);
  glCompileShader (shader);
  glGetShaderiv (shader, GL_COMPILE_STATUS, &ok);
  if (ok)
    return shader;
  char log[2048] = "";
  glGetShaderInfoLog (shader, sizeof log, NULL, log);
  g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
               "The graphics driver does not compile shader %s (%s): %s", name, defines, log);
  glDeleteShader (shader);
  return 0;
}

static GLuint
link_program (GLuint vertex, GLuint fragment, const char *name, GError **error)
{
  GLuint program = glCreateProgram ();
  GLint ok = 0;
  glAttachShader (program, vertex);
  glAttachShader (program, fragment);
  glLinkProgram (program);
  glGetProgramiv (program, GL_LINK_STATUS, &ok);
  if (ok) {
    glObjectLabel (GL_PROGRAM, program, -1, name);
    return program;
  }
  char log[2048] = "";
  glGetProgramInfoLog (program, sizeof log, NULL, log);
  g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
               "The graphics driver does not link the program %s: %s", name, log);
  glDeleteProgram (program);
  return 0;
}

void
dio_gl_programs_set_orthographic (DioGlPrograms *self, gboolean orthographic)
{
  self->orthographic = orthographic;
}

GLuint
dio_gl_programs_get (DioGlPrograms *self,
                     const char *vertex,
                     const char *fragment,
                     const char *words,
                     GError **error)
{
  g_autofree char *defines = g_strconcat (words, self->orthographic ? " ORTHOGRAPHIC" : "", NULL);
  g_autofree char *name = g_strjoin (" ", vertex, fragment, defines, NULL);
  gpointer known = g_hash_table_lookup (self->by_name, name);
  if (known != NULL)
    return GPOINTER_TO_UINT (known);

  dio_gl_context_assert_current (self->context);
  GLuint vertex_shader = compile (GL_VERTEX_SHADER, vertex, defines, error);
  GLuint fragment_shader =
      vertex_shader != 0 ? compile (GL_FRAGMENT_SHADER, fragment, defines, error) : 0;
  GLuint program =
      fragment_shader != 0 ? link_program (vertex_shader, fragment_shader, name, error) : 0;
  glDeleteShader (vertex_shader);
  glDeleteShader (fragment_shader);
  if (program != 0)
    g_hash_table_insert (self->by_name, g_steal_pointer (&name), GUINT_TO_POINTER (program));
  return program;
}
