-- Who may do what in the database: run by its superuser, after every `migrate`. Safe to repeat.
--
--     psql --dbname tracker --set ON_ERROR_STOP=1 --single-transaction --file roles.sql
--
-- tracker_owner  owns the tables and runs the migrations. Nothing else uses it: its password is not where the site runs.
-- tracker        is who the site connects as. It adds to the record, and cannot rewrite it: no UPDATE, DELETE or TRUNCATE
--                of what is append-only, no trigger dropped or switched off, no table made or changed.
-- replicator     is who copies connect as.
--
-- Passwords are not set here: `\password tracker` in psql.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracker_owner') THEN
        CREATE ROLE tracker_owner LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracker') THEN
        CREATE ROLE tracker LOGIN NOINHERIT;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'replicator') THEN
        CREATE ROLE replicator LOGIN REPLICATION;
    END IF;
END
$$;

-- Tables and what belongs to them, where somebody else made them. What triggers run goes with them.
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN
        SELECT format('ALTER %s %I.%I OWNER TO tracker_owner',
                      CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END,
                      'public', relname) AS command
        FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'S')
          AND relowner <> 'tracker_owner'::regrole
          -- The sequence of an identity column follows its table.
          AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype IN ('i', 'a') AND relkind = 'S')
        UNION ALL
        SELECT format('ALTER FUNCTION %s OWNER TO tracker_owner', oid::regprocedure)
        FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND proowner <> 'tracker_owner'::regrole
          AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
    LOOP
        EXECUTE found.command;
    END LOOP;
END
$$;

-- Only the owner makes anything. A temporary table would hide one of the same name from the guards' own queries.
DO $$
BEGIN
    EXECUTE format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM PUBLIC, tracker', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO tracker', current_database());
    EXECUTE format('GRANT CREATE, CONNECT ON DATABASE %I TO tracker_owner', current_database());
END
$$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC, tracker;
GRANT USAGE ON SCHEMA public TO tracker;
GRANT USAGE, CREATE ON SCHEMA public TO tracker_owner;

-- Most tables: everything but TRUNCATE, and but TRIGGER, REFERENCES and MAINTAIN.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, tracker;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO tracker;
-- SELECT too: backups read where they stand.
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO tracker;

-- The record itself, and the history of its rows: read and added to.
REVOKE UPDATE, DELETE ON
    commitments_assessment,
    commitments_review,
    commitments_revision,
    commitments_statuschange,
    commitments_historicalcommitment,
    commitments_historicalcommitment_sdg_targets,
    commitments_historicalcommitment_sectors,
    commitments_historicaldocument,
    commitments_historicalmembership,
    commitments_historicalparty,
    commitments_historicalpassage,
    commitments_historicalremit,
    commitments_historicalremit_parties,
    commitments_historicalremit_sectors,
    commitments_historicalremit_series,
    commitments_historicalstatusword,
    commitments_historicalsummit,
    commitments_historicalsummitseries
FROM tracker;

-- Which migrations were applied, the owner writes down.
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM tracker;

-- A table of a later migration can be read and added to until this has been run again.
ALTER DEFAULT PRIVILEGES FOR ROLE tracker_owner IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO tracker;
ALTER DEFAULT PRIVILEGES FOR ROLE tracker_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO tracker;
