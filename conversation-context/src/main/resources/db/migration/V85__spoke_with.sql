-- Whom the customer spoke with, where telephony knew it when the call ended: AGENT, HUMAN or NOBODY.
alter table call add column spoke_with text;
