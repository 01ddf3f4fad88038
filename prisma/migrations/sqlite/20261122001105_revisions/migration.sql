-- AlterTable
ALTER TABLE "Environment" ADD COLUMN "answers" JSONB;

-- AlterTable
ALTER TABLE "Audit" ADD COLUMN "preview" BLOB;
ALTER TABLE "Audit" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "Audit" ADD COLUMN "revisionOf" TEXT;
