-- catalog: what a profile asks for of the machine's devices. The kinds are in the configuration, so
-- nothing here refers to them: a kind that is declared no more is said to be missing at the start.
ALTER TABLE catalog_profile ADD COLUMN device_kind TEXT;                                  -- null: none
ALTER TABLE catalog_profile ADD COLUMN device_count INTEGER CHECK (device_count >= 1);    -- units; null: none

-- servers: the units that a server holds while it is active, by name, with spaces between; null: none.
ALTER TABLE servers_server ADD COLUMN devices TEXT;
