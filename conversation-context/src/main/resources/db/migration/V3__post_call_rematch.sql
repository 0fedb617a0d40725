-- When a receipt that matched nobody is looked at again; null: never (it was matched, or it is too old).
alter table post_call_receipt add column next_try_at timestamptz;
update post_call_receipt set next_try_at = now() where outcome = 'unmatched' and received_at > now() - interval '1 day';
drop index post_call_receipt_unmatched;
create index post_call_receipt_unmatched on post_call_receipt (next_try_at) where next_try_at is not null;
