-- A search looks through the words of all items that stood: they stay in their row, packed, where a row has room for
-- them, instead of in another table that is looked up in once more for each. Rows written from here on are kept so;
-- `avow rebuild` writes all of them anew.
alter table avow_read.texts alter document set storage main;
alter table avow_read.texts_1 alter document set storage main;
alter table avow_read.texts_2 alter document set storage main;
