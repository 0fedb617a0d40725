-- What is old is forgotten every hour.
CREATE INDEX tool_call_by_age ON tool_call (created_at);
