-- AlterTable
ALTER TABLE "Audit" ADD COLUMN     "certificateEnd" TEXT;
