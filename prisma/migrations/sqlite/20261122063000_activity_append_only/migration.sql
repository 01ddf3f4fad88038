-- Written by hand: no tool makes triggers. A later migration that makes the table "Activity" anew must make them anew too
-- (lib/server/activity.test.ts notices).

CREATE TRIGGER "Activity_no_update" BEFORE UPDATE ON "Activity"
BEGIN
    SELECT RAISE(ABORT, 'Activity is append-only');
END;

CREATE TRIGGER "Activity_no_delete" BEFORE DELETE ON "Activity"
BEGIN
    SELECT RAISE(ABORT, 'Activity is append-only');
END;

-- INSERT OR REPLACE deletes without asking the trigger above; besides, an entry must follow the newest one.
CREATE TRIGGER "Activity_follows" BEFORE INSERT ON "Activity"
BEGIN
    SELECT RAISE(ABORT, 'Activity must follow the newest entry')
    WHERE NEW."seq" <> (SELECT coalesce(max("seq"), 0) + 1 FROM "Activity")
       OR NEW."previousHash" <> coalesce((SELECT "hash" FROM "Activity" ORDER BY "seq" DESC LIMIT 1), NEW."previousHash");
END;
