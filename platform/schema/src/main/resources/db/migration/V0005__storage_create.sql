-- storage: which homes there are. The directory hangs on the two numbers and on nothing else. There
-- is no foreign key to the user: the files outlive the account until somebody decides about them, and
-- the number is never given to anybody else.
CREATE TABLE storage_home (
    community_id  INTEGER NOT NULL REFERENCES community_community (id),
    user_id       INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,              -- UTC epoch milliseconds
    PRIMARY KEY (community_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX storage_home_user ON storage_home (user_id);
