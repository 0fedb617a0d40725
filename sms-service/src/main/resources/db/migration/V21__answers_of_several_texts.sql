-- An answer of several texts leaves in order: each after the one it follows.
ALTER TABLE outbound_text ADD COLUMN follows uuid;
CREATE INDEX outbound_text_follows ON outbound_text (follows) WHERE follows IS NOT NULL;
