-- What a picture shows, in words, for those who do not see it: the same picture may be described twice.

alter table file add column alt jsonb not null default '{}';
