-- When Twilio is asked next about a call without an end, and how often it was. Null: not asked yet.
ALTER TABLE calls
    ADD COLUMN next_check_at timestamptz,
    ADD COLUMN checks        integer NOT NULL DEFAULT 0;
