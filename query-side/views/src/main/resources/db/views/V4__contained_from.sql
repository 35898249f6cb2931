-- An allowance that ends before a block holds it up only so long.
alter table views.incident add column contained_from timestamp with time zone;
