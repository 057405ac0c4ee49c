-- Conventions. Every row belongs to a member or to a relationship; the key of a relationship's row
-- begins with relationship_id. Times come from the application's clock, never from now(). The owner
-- makes the tables, the application and the worker are granted what they use, table by table.

create table member (
  id                uuid        primary key,
  issuer            text        not null,
  subject           text        not null,
  display_name      text,
  pronouns          text,
  role_label        text        check (role_label in ('top', 'bottom', 'switch')),
  locale            text        not null default 'en',
  time_zone         text        not null default 'UTC',
  adult_attested_at timestamptz,
  consent_version   text,
  consented_at      timestamptz,
  created_at        timestamptz not null,
  version           bigint      not null default 0,
  unique (issuer, subject)
);

-- The apps that act for a member. A token of an app that was cut off is refused unless the person has
-- logged in since.
create table member_client (
  member_id     uuid        not null references member,
  id            uuid        not null,
  client_id     text        not null,
  first_used_at timestamptz not null,
  cut_off_at    timestamptz,
  primary key (member_id, id),
  unique (member_id, client_id)
);

create table relationship (
  id         uuid        primary key,
  created_at timestamptz not null,
  closed_at  timestamptz
);

create table membership (
  relationship_id uuid        not null references relationship,
  member_id       uuid        not null references member,
  joined_at       timestamptz not null,
  left_at         timestamptz,
  primary key (relationship_id, member_id)
);
create index membership_of_member on membership (member_id, relationship_id) where left_at is null;

create table invitation (
  relationship_id uuid        not null references relationship,
  id              uuid        not null,
  inviter_id      uuid        not null,
  code_hash       bytea       not null,
  created_at      timestamptz not null,
  expires_at      timestamptz not null,
  accepted_at     timestamptz,
  withdrawn_at    timestamptz,
  primary key (relationship_id, id),
  foreign key (relationship_id, inviter_id) references membership
);
-- Not unique: a unique key would have to carry relationship_id. A code has 80 random bits.
create index invitation_by_code on invitation (code_hash);

create table invitation_assent (
  relationship_id uuid        not null,
  invitation_id   uuid        not null,
  member_id       uuid        not null,
  assented_at     timestamptz not null,
  primary key (relationship_id, invitation_id, member_id),
  foreign key (relationship_id, invitation_id) references invitation,
  foreign key (relationship_id, member_id) references membership
);

-- kind: 1 yellow, 2 pause, 3 red, so that "stronger" is "greater".
create table pause (
  relationship_id uuid        not null,
  id              uuid        not null,
  raiser_id       uuid        not null,
  kind            smallint    not null check (kind between 1 and 3),
  raised_at       timestamptz not null,
  received_at     timestamptz not null,
  ended_at        timestamptz,
  end_reason      text        check (end_reason in ('lifted', 'left')),
  taps            integer     not null default 1,
  primary key (relationship_id, id),
  foreign key (relationship_id, raiser_id) references membership,
  check ((ended_at is null) = (end_reason is null))
);
-- One active pause a raiser: what makes repeated taps coalesce, also when they race.
create unique index pause_active on pause (relationship_id, raiser_id) where ended_at is null;

-- A tap whose client-made id is not the id of the pause that it led to.
create table pause_tap (
  relationship_id uuid not null,
  raiser_id       uuid not null,
  tap_id          uuid not null,
  pause_id        uuid not null,
  primary key (relationship_id, raiser_id, tap_id),
  foreign key (relationship_id, pause_id) references pause
);

create table pause_acknowledgement (
  relationship_id uuid        not null,
  pause_id        uuid        not null,
  member_id       uuid        not null,
  acknowledged_at timestamptz not null,
  primary key (relationship_id, pause_id, member_id),
  foreign key (relationship_id, pause_id) references pause,
  foreign key (relationship_id, member_id) references membership
);

-- When one member could return; never shown to another, only what all offers have in common.
create table return_offer (
  relationship_id uuid            not null,
  pause_id        uuid            not null,
  member_id       uuid            not null,
  windows         tstzmultirange  not null,
  offered_at      timestamptz     not null,
  primary key (relationship_id, pause_id, member_id),
  foreign key (relationship_id, pause_id) references pause,
  foreign key (relationship_id, member_id) references membership
);

create table tap_key (
  relationship_id uuid        not null,
  id              uuid        not null,
  member_id       uuid        not null,
  client_id       text        not null,
  label           text,
  kind            smallint    not null check (kind between 1 and 3),
  secret_hash     bytea       not null,
  created_at      timestamptz not null,
  revoked_at      timestamptz,
  primary key (relationship_id, id),
  foreign key (relationship_id, member_id) references membership
);

-- The last number given to an event of a member. Its row lock makes commit order the order of numbers.
create table feed (
  member_id     uuid   primary key references member,
  last_sequence bigint not null default 0
) with (fillfactor = 50);

-- One row for each recipient. Ids and types only. No foreign key here and in delivery: the feed's row
-- has one, and each more would lock a member's row at every tap.
create table event (
  member_id       uuid        not null,
  sequence        bigint      not null,
  id              uuid        not null,
  type            text        not null,
  occurred_at     timestamptz not null,
  relationship_id uuid,
  resource_type   text        not null,
  resource_id     uuid        not null,
  primary key (member_id, sequence)
);
-- The outbox of the channels that reach a phone.
create table delivery (
  member_id       uuid        not null,
  sequence        bigint      not null,
  channel         text        not null,
  urgent          boolean     not null,
  state           text        not null check (state in ('queued', 'handed_over', 'failed', 'abandoned')),
  attempts        integer     not null default 0,
  next_attempt_at timestamptz not null,
  lease_id        uuid,
  leased_until    timestamptz,
  primary key (member_id, channel, sequence)
);
create index delivery_due on delivery (urgent, next_attempt_at) where state = 'queued';

-- Written in the transaction of the effect. The answer is encrypted: it may hold a code shown once.
create table idempotency_key (
  member_id  uuid        not null references member,
  client_id  text        not null,
  operation  text        not null,
  key        text        not null,
  sealed     bytea       not null,
  created_at timestamptz not null,
  primary key (member_id, client_id, operation, key)
);

-- Keys of the server, wrapped by the master key, which never is in the database.
create table server_key (
  name       text        primary key,
  wrapped    bytea       not null,
  created_at timestamptz not null
);

grant select, insert, update on
  member, member_client, feed, relationship, membership, invitation, pause, tap_key
  to stillpoint_app;
grant select, insert, update, delete on
  invitation_assent, pause_tap, pause_acknowledgement, return_offer, event, delivery,
  idempotency_key
  to stillpoint_app;
grant select, insert on server_key to stillpoint_app;

grant select on member, membership, feed, event, pause to stillpoint_worker;
grant select, update on delivery to stillpoint_worker;
