-- Written by hand: no tool makes triggers. A later migration that makes the table "Activity" anew must make them anew too
-- (lib/server/activity.test.ts notices).

CREATE FUNCTION "activity_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Activity is append-only';
END;
$$;

CREATE TRIGGER "Activity_no_change" BEFORE UPDATE OR DELETE ON "Activity"
FOR EACH ROW EXECUTE FUNCTION "activity_refuse"();

CREATE TRIGGER "Activity_no_truncate" BEFORE TRUNCATE ON "Activity"
FOR EACH STATEMENT EXECUTE FUNCTION "activity_refuse"();

-- An entry must follow the newest one; where two are added at once, the primary key refuses one of them.
CREATE FUNCTION "activity_follow"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    newest RECORD;
BEGIN
    SELECT "seq", "hash" INTO newest FROM "Activity" ORDER BY "seq" DESC LIMIT 1;
    IF NEW."seq" <> coalesce(newest."seq", 0) + 1 OR NEW."previousHash" <> coalesce(newest."hash", NEW."previousHash") THEN
        RAISE EXCEPTION 'Activity must follow the newest entry';
    END IF;
    RETURN NEW;
END;
$$;

CREATE TRIGGER "Activity_follows" BEFORE INSERT ON "Activity"
FOR EACH ROW EXECUTE FUNCTION "activity_follow"();
