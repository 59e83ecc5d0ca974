-- "Keep it running until": asked for by whoever works in it, for this very start.
CREATE TABLE servers_keep (
  server_id INTEGER NOT NULL PRIMARY KEY REFERENCES servers_server (id) ON DELETE CASCADE,
  spawn_id  TEXT    NOT NULL,
  until     INTEGER NOT NULL
) STRICT;
