-- Texts other services ask for: what for, and under which key of theirs.
ALTER TABLE outbound_text
    DROP COLUMN follow_up_id,
    ADD COLUMN purpose    text,
    ADD COLUMN errand_key text,
    -- The text that was not delivered and is sent once more by this one; never twice.
    ADD COLUMN repeats    uuid UNIQUE,
    -- How often it was looked for at Twilio in vain, which is not how often it was refused.
    ADD COLUMN not_found  int NOT NULL DEFAULT 0,
    -- An answer may be several texts, each of which says what it answers; still one answer to a text.
    ADD COLUMN part       int NOT NULL DEFAULT 0,
    DROP CONSTRAINT outbound_text_in_reply_to_key,
    ADD CONSTRAINT outbound_text_reply UNIQUE (in_reply_to, part);
