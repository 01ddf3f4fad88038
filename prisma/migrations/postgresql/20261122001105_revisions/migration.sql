-- AlterTable
ALTER TABLE "Environment" ADD COLUMN     "answers" JSONB;

-- AlterTable
ALTER TABLE "Audit" ADD COLUMN     "preview" BYTEA,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "revisionOf" TEXT;
