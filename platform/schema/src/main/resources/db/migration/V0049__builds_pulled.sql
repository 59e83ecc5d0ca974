-- builds: images that the platform has fetched from a registry, so that it knows which it may remove.
CREATE TABLE builds_pulled (
    image_id   TEXT    PRIMARY KEY CHECK (image_id LIKE 'sha256:%'),
    reference  TEXT    NOT NULL,                    -- with the digest
    pulled_at  INTEGER NOT NULL
) STRICT;
