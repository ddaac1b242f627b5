-- Tokens of somebody who was erased lose their names.
set local role avow_owner;

grant update (name) on avow.tokens to avow_writer;
