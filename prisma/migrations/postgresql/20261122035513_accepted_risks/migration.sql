-- AlterTable
ALTER TABLE "Finding" ADD COLUMN     "objects" JSONB;

-- CreateTable
CREATE TABLE "AcceptedRisk" (
    "id" TEXT NOT NULL,
    "environmentId" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "objects" JSONB NOT NULL,
    "severity" "Severity" NOT NULL,
    "titleEn" TEXT NOT NULL,
    "titleDe" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "until" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revokedAt" TIMESTAMP(3),

    CONSTRAINT "AcceptedRisk_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AcceptedRisk_environmentId_fingerprint_idx" ON "AcceptedRisk"("environmentId", "fingerprint");

-- AddForeignKey
ALTER TABLE "AcceptedRisk" ADD CONSTRAINT "AcceptedRisk_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
