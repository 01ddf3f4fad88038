import { useTranslations } from 'next-intl'
import { GapCard } from '@/components/coverage'
import { Section } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { coverageGaps, type Report, type RuleCatalogue } from '@/lib/core'

type Props = { base: string; report: Report; catalogue: RuleCatalogue }

/** The three exports that would answer most, ready to be collected. */
export function CoverageGaps({ base, report, catalogue }: Props) {
  const t = useTranslations('overview')
  const gaps = coverageGaps(report, catalogue)
  const all = (
    <Link href={`${base}/coverage`} className="link text-table">
      {t('coverage.all')}
    </Link>
  )
  return (
    <Section
      title={t('coverage.title')}
      id="coverage"
      className="min-w-0 max-lg:order-3"
      actions={gaps.length > 0 && all}
    >
      {gaps.length === 0 && <p className="text-ink-2">{t('coverage.none')}</p>}
      <ul className="space-y-4">
        {gaps.slice(0, 3).map((gap) => (
          <li key={`${gap.side} ${gap.cmdlet}`}>
            <GapCard gap={gap} base={base} report={report} short />
          </li>
        ))}
      </ul>
    </Section>
  )
}
