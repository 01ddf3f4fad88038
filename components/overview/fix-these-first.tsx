import { useLocale, useTranslations } from 'next-intl'
import { ButtonLink, Section, SeverityLabel } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { type Effort, fixFirst, type Report } from '@/lib/core'

type Props = { base: string; report: Report; hasFixes: boolean }

/** At most five: severity, then who can reach it, then how it is known, then the least effort. */
export function FixTheseFirst({ base, report, hasFixes }: Props) {
  const t = useTranslations('overview')
  const locale = useLocale()
  const items = fixFirst(report)
  const all = (
    <Link href={`${base}/findings`} className="link text-table">
      {t('fix.all')}
    </Link>
  )
  return (
    <Section title={t('fix.title')} id="fix-first" className="min-w-0 max-lg:order-1" actions={items.length > 0 && all}>
      {items.length === 0 && <p className="text-ink-2">{t('fix.none')}</p>}
      <ol className="divide-y divide-line border-y border-line">
        {items.map(({ finding, effort }) => {
          const href = `${base}/findings/${encodeURIComponent(finding.id)}`
          return (
            <li key={finding.id} className="keep flex items-start gap-3 py-3">
              <div className="min-w-0 flex-1">
                <SeverityLabel severity={finding.severity} className="text-table" />
                <p>
                  <Link href={href} className="link">
                    {finding.title[locale]}
                  </Link>
                </p>
                {hasFixes && <EffortLine effort={effort} />}
              </div>
              <ButtonLink href={href} size="small" aria-label={`${t('fix.open')}: ${finding.title[locale]}`}>
                {t('fix.open')}
              </ButtonLink>
            </li>
          )
        })}
      </ol>
    </Section>
  )
}

function EffortLine({ effort }: { effort: Effort | null }) {
  const t = useTranslations('overview')
  if (!effort) return <p className="text-table text-ink-2">{t('fix.manual')}</p>
  const facts = [
    effort.commands > 0 && t('fix.commands', { count: effort.commands }),
    t('fix.minutes', { count: effort.minutes }),
    effort.rollback && t('fix.rollback'),
    effort.placeholders > 0 && t('fix.values', { count: effort.placeholders }),
  ].filter((fact) => fact !== false)
  return <p className="text-table text-ink-2">{facts.join(' · ')}</p>
}
