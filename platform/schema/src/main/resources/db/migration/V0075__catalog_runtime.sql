-- catalog: by which of the engine's runtimes servers of a profile run; empty: what the configuration says.
ALTER TABLE catalog_profile ADD COLUMN runtime TEXT NOT NULL DEFAULT '' CHECK (length(runtime) <= 64);
