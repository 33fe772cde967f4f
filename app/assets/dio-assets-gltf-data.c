#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-gltf-private.h"

#include "dio-core-error.h"

#include <math.h>
#include <string.h>

/* Component types of glTF 2.0, 3.6.2.2. */
enum { BYTE = 5120, UBYTE = 5121, SHORT = 5122, USHORT = 5123, UINT = 5125, FLOAT = 5126 };

/* Where the elements of an accessor lie. */
typedef struct {
  const guint8 *data; /* NULL: zeros */
  guint64 stride, count;
  guint components, type;
  gboolean normalized;
} Layout;

static guint
type_bytes (guint64 type)
{
  switch (type) {
  case BYTE:
  case UBYTE:
    return 1;
  case SHORT:
  case USHORT:
    return 2;
  case UINT:
  case FLOAT:
    return 4;
  default:
    return 0;
  }
}

static guint
count_components (const char *name)
{
  static const struct {
    const char *name;
    guint n;
  } shapes[] = { { "SCALAR", 1 }, { "VEC2", 2 }, { "VEC3", 3 }, { "VEC4", 4 }, { "MAT4", 16 } };
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (shapes); i++) {
    if (strcmp (name, shapes[i].name) == 0)
      return shapes[i].n;
  }
  return 0;
}

/* Whether @count elements of @item bytes at @stride from @offset lie in @size bytes. */
static gboolean
fits (guint64 offset, guint64 count, guint64 stride, guint64 item, gsize size)
{
  if (count == 0)
    return TRUE;
  if (offset > size || item > size - offset)
    return FALSE;
  return count - 1 <= (size - offset - item) / MAX (stride, 1);
}

static gboolean
find_data (const DioGltf *gltf,
           const json_t *owner,
           guint64 item,
           guint64 count,
           const guint8 **data,
           guint64 *stride)
{
  guint64 view, offset;
  gsize size;
  if (!dio_gltf_get_uint (owner, "bufferView", G_MAXUINT32, &view)
      || !dio_gltf_get_uint (owner, "byteOffset", 0, &offset)
      || !dio_gltf_get_view (gltf, view, data, &size, stride))
    return FALSE;
  if (*stride == 0)
    *stride = item;
  if (*stride < item || !fits (offset, count, *stride, item, size))
    return FALSE;
  *data += offset;
  return TRUE;
}

static gboolean
read_layout (const DioGltf *gltf, guint64 index, Layout *layout, GError **error)
{
  const json_t *accessor = dio_gltf_get (gltf, "accessors", index);
  guint64 type, count;
  if (accessor == NULL)
    return dio_gltf_refuse (gltf, error, "accessor %" G_GUINT64_FORMAT " does not exist", index);
  layout->components = count_components (json_string_value (json_object_get (accessor, "type")));
  if (!dio_gltf_get_uint (accessor, "componentType", 0, &type) || type_bytes (type) == 0
      || layout->components == 0 || !dio_gltf_get_uint (accessor, "count", 0, &count) || count == 0)
    return dio_gltf_refuse (
        gltf, error, "accessors[%" G_GUINT64_FORMAT "] has no sensible type or count", index);
  layout->type = (guint) type;
  layout->count = count;
  layout->normalized = json_is_true (json_object_get (accessor, "normalized"));
  guint64 item = (guint64) type_bytes (type) * layout->components;
  layout->data = NULL;
  layout->stride = item;
  if (json_object_get (accessor, "bufferView") != NULL
      && !find_data (gltf, accessor, item, count, &layout->data, &layout->stride))
    return dio_gltf_refuse (
        gltf, error, "accessors[%" G_GUINT64_FORMAT "] reaches beyond its buffer view", index);
  return TRUE;
}

/* One component as a number; integers are normalised as glTF 2.0, 3.6.2.2 says where asked for. */
static double
read_component (const guint8 *from, guint type, gboolean normalized)
{
  gint8 i8;
  gint16 i16;
  guint16 u16;
  guint32 u32;
  float f32;
  switch (type) {
  case BYTE:
    memcpy (&i8, from, 1);
    return normalized ? MAX (i8 / 127.0, -1) : i8;
  case UBYTE:
    return normalized ? *from / 255.0 : *from;
  case SHORT:
    memcpy (&i16, from, 2);
    return normalized ? MAX (i16 / 32767.0, -1) : i16;
  case USHORT:
    memcpy (&u16, from, 2);
    return normalized ? u16 / 65535.0 : u16;
  case UINT:
    memcpy (&u32, from, 4);
    return u32;
  default:
    memcpy (&f32, from, 4);
    return f32;
  }
}

static void
store (guint8 *to, double value, gboolean as_floats)
{
  if (as_floats) {
    float f32 = (float) value;
    memcpy (to, &f32, 4);
    return;
  }
  guint32 u32 = value >= 0 && value <= G_MAXUINT32 ? (guint32) value : G_MAXUINT32;
  memcpy (to, &u32, 4);
}

static void
expand_element (guint8 *to, const guint8 *from, const Layout *layout, gboolean as_floats)
{
  guint step = type_bytes (layout->type);
  for (guint c = 0; c < layout->components; c++) {
    double value = read_component (from + c * step, layout->type, layout->normalized && as_floats);
    store (to + c * 4, value, as_floats);
  }
}

/* Replaces the elements that a sparse accessor names (glTF 2.0, 3.6.2.3). */
static gboolean
apply_sparse (const DioGltf *gltf,
              const json_t *sparse,
              const Layout *layout,
              guint8 *out,
              gboolean as_floats,
              GError **error)
{
  const json_t *indices = json_object_get (sparse, "indices");
  const json_t *values = json_object_get (sparse, "values");
  guint64 count, index_type, index_stride, value_stride;
  const guint8 *index_data, *value_data;
  guint64 item = (guint64) type_bytes (layout->type) * layout->components;
  if (!dio_gltf_get_uint (sparse, "count", 0, &count)
      || !dio_gltf_get_uint (indices, "componentType", 0, &index_type)
      || (index_type != UBYTE && index_type != USHORT && index_type != UINT)
      || !find_data (gltf, indices, type_bytes (index_type), count, &index_data, &index_stride)
      || !find_data (gltf, values, item, count, &value_data, &value_stride))
    return dio_gltf_refuse (gltf, error, "a sparse accessor reaches beyond its data");
  for (guint64 i = 0; i < count; i++) {
    double at = read_component (index_data + i * index_stride, (guint) index_type, FALSE);
    if (at >= (double) layout->count)
      return dio_gltf_refuse (gltf, error,
                              "a sparse accessor replaces an element it does not have");
    expand_element (out + (gsize) at * layout->components * 4, value_data + i * value_stride,
                    layout, as_floats);
  }
  return TRUE;
}

gboolean
dio_gltf_expand (
    DioGltf *gltf, guint64 accessor, gboolean as_floats, DioGltfValues *out, GError **error)
{
  Layout layout;
  if (!read_layout (gltf, accessor, &layout, error))
    return FALSE;
  guint64 item = (guint64) layout.components * 4;
  if (layout.count > (DIO_GLTF_MAX_DATA - gltf->data->len) / item) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT,
                 "%s holds more than %u MiB of geometry; simplify it", gltf->file_name,
                 (guint) (DIO_GLTF_MAX_DATA >> 20));
    return FALSE;
  }
  *out = (DioGltfValues){ layout.count, layout.components, as_floats, gltf->data->len };
  guint bytes = (guint) (layout.count * item);
  g_byte_array_set_size (gltf->data, gltf->data->len + bytes);
  guint8 *to = gltf->data->data + out->offset;
  memset (to, 0, bytes);
  for (guint64 i = 0; layout.data != NULL && i < layout.count; i++)
    expand_element (to + i * item, layout.data + i * layout.stride, &layout, as_floats);
  const json_t *sparse = json_object_get (dio_gltf_get (gltf, "accessors", accessor), "sparse");
  return sparse == NULL || apply_sparse (gltf, sparse, &layout, to, as_floats, error);
}
