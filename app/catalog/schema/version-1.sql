-- The first schema of the catalog. Times are microseconds since 1970 in UTC, 0 = not yet. Folders are absolute.

-- What a job is and where it stands. state and requested: DioJobState and DioJobRequest. A process is recorded
-- exactly while a supervisor may be at work. Ids never come again.
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  name TEXT NOT NULL,
  scenario_path TEXT,
  scenario_folder TEXT NOT NULL,
  output TEXT NOT NULL,
  channels TEXT,
  sensors TEXT,
  seed INTEGER NOT NULL CHECK (seed >= 0),
  first_frame INTEGER NOT NULL CHECK (first_frame >= 0),
  frame_count INTEGER NOT NULL CHECK (frame_count > 0),
  width_px INTEGER NOT NULL,
  height_px INTEGER NOT NULL,
  workers INTEGER NOT NULL,
  frame_timeout_ms INTEGER NOT NULL,
  recycle_bytes INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  position INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 8),
  requested INTEGER NOT NULL CHECK (requested BETWEEN 0 AND 3),
  begun INTEGER NOT NULL CHECK (begun IN (0, 1)),
  losses INTEGER NOT NULL,
  message TEXT NOT NULL,
  added_us INTEGER NOT NULL,
  started_us INTEGER NOT NULL,
  ended_us INTEGER NOT NULL,
  pid INTEGER NOT NULL,
  pid_start INTEGER NOT NULL,
  boot TEXT NOT NULL,
  CHECK ((state IN (1, 2, 4)) = (pid > 0)),
  CHECK (requested = 0 OR state IN (1, 2, 4))
) STRICT;

CREATE INDEX jobs_by_turn ON jobs (state, priority, position);

-- Apart from the row that changes many times a minute.
CREATE TABLE scenarios (
  job INTEGER PRIMARY KEY NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  text TEXT NOT NULL
) STRICT;

-- stages: [["draw", seconds], ...] in one line of JSON. newest_frame: -1 before the first.
CREATE TABLE progress (
  job INTEGER PRIMARY KEY NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  phase TEXT NOT NULL,
  done INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  total INTEGER NOT NULL,
  frames_per_s REAL NOT NULL,
  seconds_left REAL NOT NULL,
  workers_alive INTEGER NOT NULL,
  restarts INTEGER NOT NULL,
  newest_frame INTEGER NOT NULL,
  stages TEXT NOT NULL
) STRICT;

CREATE TABLE log (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  time_us INTEGER NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT;

CREATE INDEX log_by_job ON log (job, id);

CREATE TABLE datasets (
  id INTEGER PRIMARY KEY NOT NULL,
  folder TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  created_us INTEGER NOT NULL,
  frames INTEGER NOT NULL,
  failed INTEGER NOT NULL
) STRICT;
