-- Who issued and who revoked a token: a person or another token; null for the operator, at the command line.
set local role avow_owner;

alter table avow.tokens add column issued_by uuid, add column revoked_by uuid;

grant update (revoked_by) on avow.tokens to avow_writer;
