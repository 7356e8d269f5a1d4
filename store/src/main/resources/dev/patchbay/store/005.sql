-- Of what a client calls such an act a hash is kept: it may be a key that was put into the wrong header. Names that are there are hashed
-- by the program.

ALTER TABLE one_time_acts RENAME COLUMN name TO name_hash;
