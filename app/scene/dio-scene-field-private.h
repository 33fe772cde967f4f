#pragma once
/* Thread: any. A field: one member of a document struct with its JSON key, type, range and default. Tables of
 * fields drive reading, writing, the schema and the property registry, so that nothing is said twice.
 * Private to app/scene. */

#include "dio-scene-property.h"
#include "dio-scene-reader-private.h"

#include <stddef.h>

G_BEGIN_DECLS

/** How a member lies in memory. */
typedef enum {
  DIO_STORE_DOUBLES, /**< 1 to 4 doubles in a row */
  DIO_STORE_INT,     /**< int, guint and gboolean */
  DIO_STORE_ENUM,    /**< an enum of int size */
  DIO_STORE_TEXT,    /**< char *, owned */
  DIO_STORE_COLOR8,  /**< guint8[3], "#rrggbb" in JSON */
} DioFieldStore;

/** What a table says besides type and range. */
typedef enum {
  DIO_FIELD_REQUIRED = 1 << 0, /**< must be in the file */
  DIO_FIELD_ALWAYS = 1 << 1,   /**< written even when it has its default */
  DIO_FIELD_POSITIVE = 1 << 2, /**< must be > min instead of >= min */
  DIO_FIELD_NULLABLE = 1 << 3, /**< a text that may be absent (NULL) */
  DIO_FIELD_LENS = 1 << 4,     /**< a sensor has either these ... */
  DIO_FIELD_K = 1 << 5,        /**< ... or these */
} DioFieldRules;

typedef struct {
  /** the path's last part is the JSON key; of a text, max is the length in bytes */
  DioPropertyInfo info;
  DioFieldStore store;
  gsize offset;
  double defaults[4];
  const char *default_text;
  guint rules;
  guint set_mask; /**< of DioMaterialOverride.set; 0 elsewhere */
  /** What is wrong with a text ("must be ..."), or NULL. */
  const char *(*check_text_cb) (const char *text);
  const char *pattern; /**< the same rule for the schema, or NULL */
} DioField;

/** The part of a table that one JSON object holds. */
typedef struct {
  const DioField *fields;
  guint n;
  const char *section; /**< first part of the paths, NULL for none */
  guint kinds;         /**< only fields of these kinds */
  guint skip;          /**< without fields of these rules */
  const char *owner;   /**< "a light", for messages */
} DioFieldView;

/* Entries of tables; STRUCT must be defined as the struct that they describe. */
#define DIO_FIELD_BASE(path_, label_, unit_, type_, store_, member_)                               \
  .info.path = path_, .info.label = label_, .info.unit = unit_, .info.type = type_,                \
  .store = store_, .offset = offsetof (STRUCT, member_)
#define DIO_FIELD_NUMBER(path_, label_, unit_, member_, min_, max_, default_)                      \
  DIO_FIELD_BASE (path_, label_, unit_, DIO_PROPERTY_NUMBER, DIO_STORE_DOUBLES, member_),          \
      .info.min = min_, .info.max = max_, .info.default_value = default_, .defaults = { default_ }
#define DIO_FIELD_VECTOR(size_, path_, label_, unit_, member_, min_, max_, ...)                    \
  DIO_FIELD_BASE (path_, label_, unit_, DIO_PROPERTY_VEC##size_, DIO_STORE_DOUBLES, member_),      \
      .info.min = min_, .info.max = max_, .defaults = { __VA_ARGS__ }
#define DIO_FIELD_INTEGER(path_, label_, unit_, member_, min_, max_, default_)                     \
  DIO_FIELD_BASE (path_, label_, unit_, DIO_PROPERTY_INTEGER, DIO_STORE_INT, member_),             \
      .info.min = min_, .info.max = max_, .info.default_value = default_, .defaults = { default_ }
#define DIO_FIELD_BOOLEAN(path_, label_, member_, default_)                                        \
  DIO_FIELD_BASE (path_, label_, "", DIO_PROPERTY_BOOLEAN, DIO_STORE_INT, member_),                \
      .info.min = 0, .info.max = 1, .info.default_value = default_, .defaults = { default_ }
#define DIO_FIELD_ENUM(path_, label_, member_, names_, default_)                                   \
  DIO_FIELD_BASE (path_, label_, "", DIO_PROPERTY_ENUM, DIO_STORE_ENUM, member_),                  \
      .info.enum_names = names_, .info.default_value = default_, .defaults = { default_ }
#define DIO_FIELD_TEXT(path_, label_, member_, max_, default_)                                     \
  DIO_FIELD_BASE (path_, label_, "", DIO_PROPERTY_STRING, DIO_STORE_TEXT, member_),                \
      .info.max = max_, .default_text = default_

/** The last part of the path: what stands in the JSON object. */
const char *dio_field_get_key (const DioField *field);
/** Whether the view's section, kinds and rules let the field through. */
gboolean dio_field_view_has (const DioFieldView *view, const DioField *field);
const DioField *dio_field_view_find (const DioFieldView *view, const char *key);

/** NULL when fine; else the code of the fault and its sentence in @message (owned by the caller). The value's string
 * is borrowed from @json. */
const char *dio_field_decode (const DioField *field,
                              const json_t *json,
                              DioPropertyValue *value,
                              char **message);
/** The JSON of a value; NULL for a number that is not finite, which no table has but as the mark of absence. */
json_t *dio_field_encode (const DioField *field,
                          const DioPropertyValue *value) G_GNUC_WARN_UNUSED_RESULT;
/** As decode, for a value that did not come from JSON. */
const char *dio_field_check (const DioField *field, const DioPropertyValue *value, char **message);
/** Writes the member of the struct at @base; frees the text that was there and duplicates the new one. */
void dio_field_store (const DioField *field, gpointer base, const DioPropertyValue *value);
/** Reads the member; a text stays the struct's. */
void dio_field_fetch (const DioField *field, gconstpointer base, DioPropertyValue *value);
/** For a material's property this also marks it as not set. */
void dio_field_store_default (const DioField *field, gpointer base);
gboolean dio_field_is_default (const DioField *field, gconstpointer base);

/** Every member to its default; the struct must be zeroed before. */
void dio_fields_init (const DioFieldView *view, gpointer base);
/** Duplicates the texts of a struct that was copied bitwise. */
void dio_fields_dup_texts (const DioFieldView *view, gpointer base);
void dio_fields_clear (const DioFieldView *view, gpointer base);
/** Reads every key of @object; those in @extras (nullable) are the caller's. Faults go to @reader. */
void dio_fields_read (const DioFieldView *view,
                      DioReader *reader,
                      const json_t *object,
                      const char *const *extras,
                      gpointer base);
/** Adds what differs from its default. */
void dio_fields_write (const DioFieldView *view, json_t *object, gconstpointer base);
/** Adds to "properties" and "required" of @schema. */
void dio_fields_describe (const DioFieldView *view, json_t *schema);

G_END_DECLS
