-- Asked of many leads at once, each time texts come in: without it, all the texts a lead ever wrote are looked through.
CREATE INDEX inbound_text_waiting_lead ON inbound_text (lead_id, received_at) WHERE state = 'WAITING';
