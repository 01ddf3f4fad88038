import { getLocale, getTranslations } from 'next-intl/server'
import { Notice } from '@/components/ui'
import { Link } from '@/components/ui/link'
import type { Finding, Report } from '@/lib/core'

/** That a finding is a part of another one, which counts for both. */
export async function PartOf({ base, report, finding }: { base: string; report: Report; finding: Finding }) {
  const lead = report.findings.find((f) => f.id === finding.absorbedBy)
  if (!lead) return null
  const t = await getTranslations('finding')
  return (
    <Notice className="mb-6">
      {t.rich('absorbedBy', {
        title: lead.title[await getLocale()],
        lead: (text) => (
          <Link href={`${base}/findings/${encodeURIComponent(lead.id)}`} className="link">
            {text}
          </Link>
        ),
      })}
    </Notice>
  )
}
