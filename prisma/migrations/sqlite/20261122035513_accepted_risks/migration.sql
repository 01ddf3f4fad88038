-- AlterTable
ALTER TABLE "Finding" ADD COLUMN "objects" JSONB;

-- CreateTable
CREATE TABLE "AcceptedRisk" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "environmentId" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "objects" JSONB NOT NULL,
    "severity" TEXT NOT NULL,
    "titleEn" TEXT NOT NULL,
    "titleDe" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "until" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revokedAt" DATETIME,
    CONSTRAINT "AcceptedRisk_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "AcceptedRisk_environmentId_fingerprint_idx" ON "AcceptedRisk"("environmentId", "fingerprint");
