-- The log of one reviewer. Rows are only ever added; what was taken back says so in a later row.

-- Facts: "reviewer".
CREATE TABLE meta (
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- position is the order of writing; id = microseconds since 1970 * 256 + a random byte, so it is also the time.
-- undoes: the id of an action that this one takes back, or NULL.
CREATE TABLE actions (
  position INTEGER PRIMARY KEY NOT NULL,
  id INTEGER NOT NULL UNIQUE,
  undoes INTEGER
) STRICT;

-- object: key of the object, NULL for the picture. label: hash of the label that was seen.
-- 64-bit keys, seeds and hashes are stored as signed integers of the same bits.
-- state: 0 undecided (takes a verdict back), 1 accepted, 2 rejected, 3 flagged.
CREATE TABLE verdicts (
  action INTEGER NOT NULL REFERENCES actions (position),
  item INTEGER NOT NULL,
  run INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  frame_index INTEGER NOT NULL,
  take INTEGER NOT NULL,
  sensor TEXT NOT NULL,
  object INTEGER,
  label INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
  reason TEXT NOT NULL,
  comment TEXT NOT NULL,
  tags TEXT NOT NULL,
  PRIMARY KEY (action, item)
) STRICT, WITHOUT ROWID;
