-- One keyset for each member or relationship, wrapped by a master key that is not in the database.
-- What is sealed with it can be read no more once its row is gone and that master key is destroyed.
create table data_key (
  owner_id   uuid        primary key,
  wrapped    bytea       not null,
  master_key text        not null,
  created_at timestamptz not null,
  rotated_at timestamptz
);
-- For what is still to be wrapped anew, and for what a master key still wraps.
create index data_key_by_master_key on data_key (master_key);

-- Empty for a key that was wrapped before names were written down: it opens by trying.
alter table server_key
  add column master_key text not null default '',
  add column rotated_at timestamptz;
alter table server_key alter column master_key drop default;

-- Sealed from here on. Stillpoint isn't released: what was written in plain columns goes with them.
alter table member
  drop column display_name, drop column pronouns, drop column role_label,
  add column display_name  bytea,
  add column pronouns      bytea,
  add column role_label    bytea,
  add column words_version bigint not null default 0;
alter table tap_key drop column label, add column label bytea;

-- A key is of use to whoever may read what it seals. Nobody but the owner destroys a member's key, and
-- no member alone that of a relationship.
alter table data_key enable row level security;
create policy together on data_key for select to stillpoint_app
  using (owner_id = current_member()
    or owner_id = any ((select current_members())::uuid[])
    or owner_id = any ((select current_relationships())::uuid[]));
create policy making on data_key for insert to stillpoint_app
  with check (owner_id = current_member()
    or owner_id = any ((select current_relationships())::uuid[]));
create policy destroying on data_key for delete to stillpoint_app
  using (owner_id = current_member());
create policy wrapping on data_key to stillpoint_worker using (current_member() is null);

grant select, insert, delete on data_key to stillpoint_app;
-- The rotation of master keys wraps anew, and does nothing else.
grant select, update (wrapped, master_key) on data_key, server_key to stillpoint_worker;
