-- identity: services are edited while they run; the version counts edits, so that nobody overwrites
-- what somebody else has just changed.
ALTER TABLE identity_service ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
