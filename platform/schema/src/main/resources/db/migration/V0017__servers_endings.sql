-- servers: what is known of an end besides its reason, for whoever starts the server again; gone with the next
-- start. And what a server may use, which the row only had inside its snapshot.
ALTER TABLE servers_server ADD COLUMN stop_detail TEXT;            -- a sentence: which process, which code
ALTER TABLE servers_server ADD COLUMN stop_log TEXT;               -- the last lines it wrote
ALTER TABLE servers_server ADD COLUMN memory_bytes INTEGER NOT NULL DEFAULT 0 CHECK (memory_bytes >= 0);

UPDATE servers_server SET memory_bytes = coalesce(json_extract(launch_snapshot, '$.memoryBytes'), 0);
