-- Whether somebody of the business took the call when it was rung: a call without an agent says by itself only how long it was.
ALTER TABLE calls ADD COLUMN human_answered boolean NOT NULL DEFAULT false;
