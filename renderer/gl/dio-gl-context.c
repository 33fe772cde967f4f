#define G_LOG_DOMAIN "dio-gl"

#include "dio-core-error.h"
#include "dio-gl-private.h"
#include "dio-gl-resource.h"

#include <epoxy/egl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <pthread.h>
#include <string.h>

struct DioGlContext {
  EGLDisplay display;
  EGLContext context;
  char *identity;
  gboolean software;
  guint max_texture_px;
  float max_anisotropy;
};

/* Guards the whole of OpenGL, see dio-gl-private.h. Recursive: making a renderer may fail and free it. pthread rather
 * than GRecMutex, whose futex calls ThreadSanitizer cannot see. */
static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

void
dio_gl_lock (void)
{
  pthread_mutex_lock (&lock);
}

void
dio_gl_unlock (void)
{
  pthread_mutex_unlock (&lock);
}

static EGLDisplay
open_surfaceless (void)
{
  if (!epoxy_has_egl_extension (EGL_NO_DISPLAY, "EGL_MESA_platform_surfaceless"))
    return EGL_NO_DISPLAY;
  return eglGetPlatformDisplayEXT (EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);
}

static EGLDisplay
open_device (void)
{
  EGLDeviceEXT device;
  EGLint n = 0;
  if (!epoxy_has_egl_extension (EGL_NO_DISPLAY, "EGL_EXT_device_enumeration")
      || !epoxy_has_egl_extension (EGL_NO_DISPLAY, "EGL_EXT_platform_device"))
    return EGL_NO_DISPLAY;
  if (!eglQueryDevicesEXT (1, &device, &n) || n < 1)
    return EGL_NO_DISPLAY;
  return eglGetPlatformDisplayEXT (EGL_PLATFORM_DEVICE_EXT, device, NULL);
}

/* Displays belong to the process and may be shared by the contexts of several threads, so none is ever
 * terminated: that would pull it from under the others. */
static EGLDisplay
open_display (GError **error)
{
  EGLDisplay (*const openers[]) (void) = { open_surfaceless, open_device };
  for (gsize i = 0; i < G_N_ELEMENTS (openers); i++) {
    EGLDisplay display = openers[i]();
    if (display != EGL_NO_DISPLAY && eglInitialize (display, NULL, NULL))
      return display;
  }
  g_set_error_literal (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
                       "No EGL display without a screen is available; install Mesa's EGL "
                       "(libegl-mesa0) or a driver with EGL_EXT_platform_device");
  return EGL_NO_DISPLAY;
}

static EGLContext
create_context (EGLDisplay display, GError **error)
{
  static const EGLint config_wanted[] = { EGL_SURFACE_TYPE, 0, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT,
                                          EGL_NONE };
  gboolean debug = g_getenv ("DIORAMA_GL_DEBUG") != NULL;
  const EGLint attributes[] = { EGL_CONTEXT_MAJOR_VERSION,
                                4,
                                EGL_CONTEXT_MINOR_VERSION,
                                5,
                                EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                EGL_CONTEXT_OPENGL_DEBUG,
                                debug ? EGL_TRUE : EGL_FALSE,
                                EGL_NONE };
  EGLConfig config = NULL;
  EGLint n = 0;
  if (!eglChooseConfig (display, config_wanted, &config, 1, &n) || n < 1)
    config = EGL_NO_CONFIG_KHR;

  EGLContext context = EGL_NO_CONTEXT;
  if (eglBindAPI (EGL_OPENGL_API))
    context = eglCreateContext (display, config, EGL_NO_CONTEXT, attributes);
  if (context == EGL_NO_CONTEXT) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
                 "The graphics driver gives no OpenGL 4.5 core context (EGL error 0x%x)",
                 eglGetError ());
    return EGL_NO_CONTEXT;
  }
  if (!eglMakeCurrent (display, EGL_NO_SURFACE, EGL_NO_SURFACE, context)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
                 "The OpenGL context cannot be used without a window (EGL error 0x%x)",
                 eglGetError ());
    eglDestroyContext (display, context);
    return EGL_NO_CONTEXT;
  }
  return context;
}

static void GLAPIENTRY
debug_message_cb (GLenum source,
                  GLenum type,
                  GLuint id,
                  GLenum severity,
                  GLsizei length,
                  const GLchar *message,
                  const void *data)
{
  if (type == GL_DEBUG_TYPE_PUSH_GROUP || type == GL_DEBUG_TYPE_POP_GROUP)
    return;
  if (type == GL_DEBUG_TYPE_ERROR)
    g_message ("OpenGL error: %s", message);
  else
    g_debug ("OpenGL: %s", message);
}

static void
read_facts (DioGlContext *self)
{
  const char *renderer = (const char *) glGetString (GL_RENDERER);
  GLint max_texture_px = 0;
  glGetIntegerv (GL_MAX_TEXTURE_SIZE, &max_texture_px);
  self->identity = g_strdup_printf ("%s | %s | %s", (const char *) glGetString (GL_VENDOR),
                                    renderer, (const char *) glGetString (GL_VERSION));
  self->software = strstr (renderer, "llvmpipe") != NULL || strstr (renderer, "softpipe") != NULL
                   || strstr (renderer, "swrast") != NULL;
  self->max_texture_px = (guint) MAX (max_texture_px, 1);
  self->max_anisotropy = 1;
  if (epoxy_has_gl_extension ("GL_EXT_texture_filter_anisotropic")
      || epoxy_has_gl_extension ("GL_ARB_texture_filter_anisotropic"))
    glGetFloatv (GL_MAX_TEXTURE_MAX_ANISOTROPY_EXT, &self->max_anisotropy);
  /* Measured on llvmpipe: even 2 taps cost ten times a trilinear read. */
  self->max_anisotropy = MIN (self->max_anisotropy, self->software ? 1.0f : 8.0f);
}

/* Software GL frees tens of megabytes of binned triangles after every pass and asks for them again. Left alone,
 * glibc hands them back to the kernel each time, and half of the vertex stage's time goes into page faults. */
static void
keep_freed_memory (void)
{
#ifdef __GLIBC__
  mallopt (M_TRIM_THRESHOLD, 96 << 20);
  mallopt (M_TOP_PAD, 4 << 20);
  mallopt (M_MMAP_THRESHOLD, 32 << 20);
#endif
}

/* By hand, because the constructor of a resource in a static library is dropped by the linker; and once, because GLib's list of static
 * resources runs in a circle when one of them comes twice, and the program never ends. */
static void
register_shaders (void)
{
  static gsize registered;

  if (g_once_init_enter (&registered)) {
    dio_gl_shaders_register_resource ();
    g_once_init_leave (&registered, 1);
  }
}

DioGlContext *
dio_gl_context_new_headless (GError **error)
{
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  DIO_GL_LOCK_BLOCK ();
  EGLDisplay display = open_display (error);
  if (display == EGL_NO_DISPLAY)
    return NULL;
  EGLContext context = create_context (display, error);
  if (context == EGL_NO_CONTEXT)
    return NULL;

  DioGlContext *self = g_new0 (DioGlContext, 1);
  self->display = display;
  self->context = context;
  register_shaders ();
  read_facts (self);
  if (self->software)
    keep_freed_memory ();
  glDebugMessageCallback (debug_message_cb, NULL);
  glEnable (GL_DEBUG_OUTPUT);
  glEnable (GL_DEBUG_OUTPUT_SYNCHRONOUS);
  g_debug ("%s", self->identity);
  return self;
}

void
dio_gl_context_free (DioGlContext *self)
{
  if (self == NULL)
    return;
  DIO_GL_LOCK_BLOCK ();
  if (eglGetCurrentContext () == self->context)
    eglMakeCurrent (self->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
  eglDestroyContext (self->display, self->context);
  g_free (self->identity);
  g_free (self);
}

const char *
dio_gl_context_get_identity (const DioGlContext *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->identity;
}

void
dio_gl_context_assert_current (const DioGlContext *self)
{
  g_assert (self != NULL && eglGetCurrentContext () == self->context);
}

static const char *
error_name (GLenum code)
{
  switch (code) {
  case GL_INVALID_ENUM:
    return "invalid enum";
  case GL_INVALID_VALUE:
    return "invalid value";
  case GL_INVALID_OPERATION:
    return "invalid operation";
  case GL_INVALID_FRAMEBUFFER_OPERATION:
    return "invalid framebuffer operation";
  case GL_OUT_OF_MEMORY:
    return "out of memory";
  case GL_CONTEXT_LOST:
    return "context lost";
  default:
    return "unknown error";
  }
}

gboolean
dio_gl_context_check (DioGlContext *self, const char *what, GError **error)
{
  GLenum first = glGetError ();
  if (first == GL_NO_ERROR)
    return TRUE;
  /* A lost context reports for ever: the rest of the queue is drained with a bound. */
  for (int i = 0; i < 8 && glGetError () != GL_NO_ERROR; i++)
    ;
  DioError code = first == GL_OUT_OF_MEMORY ? DIO_ERROR_LIMIT : DIO_ERROR_FAILED;
  g_set_error (error, DIO_ERROR, code, "OpenGL reported %s (0x%x) while %s", error_name (first),
               first, what);
  return FALSE;
}

gboolean
dio_gl_context_is_software (const DioGlContext *self)
{
  return self->software;
}

guint
dio_gl_context_get_max_texture_px (const DioGlContext *self)
{
  return self->max_texture_px;
}

float
dio_gl_context_get_max_anisotropy (const DioGlContext *self)
{
  return self->max_anisotropy;
}
