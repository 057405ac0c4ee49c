-- The roles of Stillpoint, and who may do what in its database. It can be run again at any time.
--
-- The embedded PostgreSQL runs it by itself. On a PostgreSQL of your own (15 or newer), create a
-- database and run this in it as a superuser, or as its owner with CREATEROLE:
--
--   createdb stillpoint
--   psql -X -v ON_ERROR_STOP=1 -d stillpoint -f roles.sql \
--     -v owner_password=... -v app_password=... -v worker_password=...
--
-- A statement ends with a semicolon and an empty line; single-user mode knows no other end.

SET client_min_messages = warning;

SET password_encryption = 'scram-sha-256';

-- The owner migrates. The application and the worker get at tables only what migrations grant them.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['stillpoint_owner', 'stillpoint_app', 'stillpoint_worker'] LOOP
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = name) THEN
      EXECUTE format('CREATE ROLE %I', name);
    END IF;
  END LOOP;
END
$$;

ALTER ROLE stillpoint_owner WITH LOGIN NOCREATEDB NOCREATEROLE NOINHERIT
  PASSWORD :'owner_password';

ALTER ROLE stillpoint_app WITH LOGIN NOCREATEDB NOCREATEROLE NOINHERIT
  PASSWORD :'app_password';

ALTER ROLE stillpoint_worker WITH LOGIN NOCREATEDB NOCREATEROLE NOINHERIT
  PASSWORD :'worker_password';

-- Only a superuser may write these three, even to say no; elsewhere the roles were born without.
DO $$
DECLARE
  name text;
BEGIN
  IF (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN
    FOREACH name IN ARRAY ARRAY['stillpoint_owner', 'stillpoint_app', 'stillpoint_worker'] LOOP
      EXECUTE format('ALTER ROLE %I NOSUPERUSER NOREPLICATION NOBYPASSRLS', name);
    END LOOP;
  ELSE
    -- Who gives a database away must belong to the one who receives it.
    EXECUTE format('GRANT stillpoint_owner TO %I', current_user);
  END IF;
END
$$;

-- PUBLIC is everybody who can log in, to the other databases of this server too.
DO $$
BEGIN
  EXECUTE format('ALTER DATABASE %I OWNER TO stillpoint_owner', current_database());
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format(
    'GRANT CONNECT ON DATABASE %I TO stillpoint_app, stillpoint_worker', current_database());
END
$$;

ALTER SCHEMA public OWNER TO stillpoint_owner;

REVOKE ALL ON SCHEMA public FROM PUBLIC;

GRANT USAGE ON SCHEMA public TO stillpoint_app, stillpoint_worker;

