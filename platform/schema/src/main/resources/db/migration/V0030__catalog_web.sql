-- catalog: environments that serve something else than Jupyter. The gateway signs people in for them.
ALTER TABLE catalog_environment ADD COLUMN web_port INTEGER CHECK (web_port BETWEEN 1 AND 65535);  -- null: a Jupyter server
ALTER TABLE catalog_environment ADD COLUMN web_ready_path TEXT NOT NULL DEFAULT '/' CHECK (web_ready_path LIKE '/%');
ALTER TABLE catalog_environment ADD COLUMN web_strips_prefix INTEGER NOT NULL DEFAULT 0 CHECK (web_strips_prefix IN (0, 1));
