-- catalog: a profile's servers may have no network at all but the way to their hub.
ALTER TABLE catalog_profile ADD COLUMN network TEXT NOT NULL DEFAULT 'community' CHECK (network IN ('community', 'none'));
