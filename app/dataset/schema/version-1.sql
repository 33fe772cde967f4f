-- The first schema of a dataset. Ratios whose denominator is 0 are NULL. 64-bit keys and seeds are stored as
-- signed integers of the same bits. Matrices of annotations are blobs of 16 little-endian doubles, column-major.

-- Facts about the whole: "scenario" (canonical text of the snapshot), "scenario_hash", "program".
CREATE TABLE meta (
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The taxonomy at the time of the snapshot; position is the category of annotations.
CREATE TABLE categories (
  position INTEGER PRIMARY KEY NOT NULL,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  supercategory TEXT NOT NULL,
  thing INTEGER NOT NULL
) STRICT;

-- file_name is how the sensor appears in names of files.
CREATE TABLE sensors (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  file_name TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY NOT NULL,
  scenario_hash TEXT NOT NULL,
  seed INTEGER NOT NULL,
  first_frame INTEGER NOT NULL,
  frame_count INTEGER NOT NULL,
  render_identity TEXT NOT NULL,
  options TEXT NOT NULL
) STRICT;

-- status: 1 done, 2 failed. A frame of the run's range without a row is pending.
-- sequence, step and time_s (seconds since the sequence's first step) place a frame among those that belong to it. All are
-- NULL for single pictures, each its own sequence; time_s alone is NULL for views of one scene that stands still.
CREATE TABLE frames (
  id INTEGER PRIMARY KEY NOT NULL,
  run INTEGER NOT NULL REFERENCES runs (id),
  frame_index INTEGER NOT NULL,
  take INTEGER NOT NULL,
  sequence INTEGER,
  step INTEGER,
  time_s REAL,
  status INTEGER NOT NULL CHECK (status IN (1, 2)),
  attempts INTEGER NOT NULL,
  failure TEXT,
  stored_at INTEGER NOT NULL,
  UNIQUE (run, frame_index, take)
) STRICT;

CREATE INDEX frames_by_status ON frames (status, run, frame_index, take);

-- One sensor's view of one frame. m00 .. m23: world_from_camera, row by row.
CREATE TABLE captures (
  id INTEGER PRIMARY KEY NOT NULL,
  frame INTEGER NOT NULL REFERENCES frames (id) ON DELETE CASCADE,
  sensor TEXT NOT NULL REFERENCES sensors (id),
  width_px INTEGER NOT NULL,
  height_px INTEGER NOT NULL,
  fx REAL NOT NULL, fy REAL NOT NULL, cx REAL NOT NULL, cy REAL NOT NULL,
  m00 REAL NOT NULL, m01 REAL NOT NULL, m02 REAL NOT NULL, m03 REAL NOT NULL,
  m10 REAL NOT NULL, m11 REAL NOT NULL, m12 REAL NOT NULL, m13 REAL NOT NULL,
  m20 REAL NOT NULL, m21 REAL NOT NULL, m22 REAL NOT NULL, m23 REAL NOT NULL,
  depth_unit_m REAL NOT NULL,
  clipped_px INTEGER NOT NULL,
  contested_px INTEGER NOT NULL,
  gl_differing_px INTEGER NOT NULL,
  gl_unexplained_px INTEGER NOT NULL,
  checks_passed INTEGER NOT NULL,
  mean_luminance REAL,
  timings TEXT,
  UNIQUE (frame, sensor)
) STRICT;

CREATE TABLE files (
  capture INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
  channel TEXT NOT NULL,
  path TEXT NOT NULL UNIQUE,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (capture, channel)
) STRICT, WITHOUT ROWID;

-- Masks stand apart, so that filters over millions of annotations read narrow rows. Bytes are COCO's run
-- strings; visible has the size of the picture, amodal that of the picture grown by its own size on every
-- side. A leaf that is all of its instance shares the annotation's row.
CREATE TABLE masks (
  id INTEGER PRIMARY KEY NOT NULL,
  visible BLOB NOT NULL,
  amodal BLOB NOT NULL
) STRICT;

CREATE TABLE annotations (
  id INTEGER PRIMARY KEY NOT NULL,
  capture INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
  instance INTEGER NOT NULL,
  object_key INTEGER NOT NULL,
  category INTEGER NOT NULL,
  thing INTEGER NOT NULL,
  crowd INTEGER NOT NULL,
  visible_px INTEGER NOT NULL,
  amodal_px INTEGER NOT NULL,
  silhouette_px INTEGER NOT NULL,
  veiled_px INTEGER NOT NULL,
  coverage_px REAL NOT NULL,
  amodal_coverage_px REAL NOT NULL,
  parts INTEGER NOT NULL,
  largest_part_px INTEGER NOT NULL,
  visibility REAL,
  truncation REAL,
  visib_fract REAL,
  silhouette_open INTEGER NOT NULL,
  subpixel INTEGER NOT NULL,
  visible_x0 INTEGER NOT NULL, visible_y0 INTEGER NOT NULL,
  visible_x1 INTEGER NOT NULL, visible_y1 INTEGER NOT NULL,
  amodal_x0 INTEGER NOT NULL, amodal_y0 INTEGER NOT NULL,
  amodal_x1 INTEGER NOT NULL, amodal_y1 INTEGER NOT NULL,
  full_x0 REAL, full_y0 REAL, full_x1 REAL, full_y1 REAL,
  distance_m REAL,
  blur_px REAL NOT NULL,
  defocus_px REAL NOT NULL,
  mask INTEGER NOT NULL REFERENCES masks (id),
  UNIQUE (capture, instance)
) STRICT;

-- Who an annotation is and where it stands in space: read with the annotation, never filtered by.
CREATE TABLE poses (
  annotation INTEGER PRIMARY KEY NOT NULL REFERENCES annotations (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  node TEXT NOT NULL,
  copy INTEGER NOT NULL,
  box_center_x REAL, box_center_y REAL, box_center_z REAL,
  box_size_x REAL, box_size_y REAL, box_size_z REAL,
  box_qw REAL, box_qx REAL, box_qy REAL, box_qz REAL,
  scale_x REAL, scale_y REAL, scale_z REAL,
  view_azimuth_rad REAL,
  view_elevation_rad REAL,
  camera_from_object BLOB NOT NULL,
  world_from_object BLOB NOT NULL
) STRICT;

CREATE TABLE leaves (
  capture INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
  leaf INTEGER NOT NULL,
  instance INTEGER NOT NULL,
  name TEXT NOT NULL,
  node TEXT NOT NULL,
  copy INTEGER NOT NULL,
  face_group INTEGER NOT NULL,
  category INTEGER NOT NULL,
  visible_px INTEGER NOT NULL,
  amodal_px INTEGER NOT NULL,
  silhouette_px INTEGER NOT NULL,
  coverage_px REAL NOT NULL,
  amodal_coverage_px REAL NOT NULL,
  veiled_px INTEGER NOT NULL,
  patched_px INTEGER NOT NULL,
  silhouette_open INTEGER NOT NULL,
  mask INTEGER NOT NULL REFERENCES masks (id),
  PRIMARY KEY (capture, leaf)
) STRICT, WITHOUT ROWID;

-- hidden_px (instance, leaf), split into opaque hiders and veils.
CREATE TABLE hidden (
  capture INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
  instance INTEGER NOT NULL,
  leaf INTEGER NOT NULL,
  opaque_px INTEGER NOT NULL,
  veil_px INTEGER NOT NULL,
  PRIMARY KEY (capture, instance, leaf)
) STRICT, WITHOUT ROWID;

CREATE TABLE checks (
  capture INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  passed INTEGER NOT NULL,
  note_only INTEGER NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (capture, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE draws (
  frame INTEGER NOT NULL REFERENCES frames (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  randomizer TEXT NOT NULL,
  target TEXT NOT NULL,
  property TEXT NOT NULL,
  stream INTEGER NOT NULL,
  copy INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  n_numbers INTEGER NOT NULL,
  x0 REAL, x1 REAL, x2 REAL, x3 REAL,
  string TEXT,
  PRIMARY KEY (frame, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE diagnostics (
  frame INTEGER NOT NULL REFERENCES frames (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  severity INTEGER NOT NULL,
  code TEXT NOT NULL,
  object TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (frame, position)
) STRICT, WITHOUT ROWID;
