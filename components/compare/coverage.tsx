import { useLocale, useTranslations } from 'next-intl'
import { Section } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { type Comparison, type NotGiven, ruleInfos, ruleTitle } from '@/lib/core'
import { formatList } from '@/lib/i18n/format'

/** Exports that only one of the audits has: their objects are neither new nor gone. */
export function NotGivenPart({ notGiven }: { notGiven: Comparison['notGiven'] }) {
  const t = useTranslations('compare')
  if (notGiven.before.length + notGiven.after.length === 0) return null
  return (
    <Section title={t('notGiven.title')} id="not-given" description={t('notGiven.text')}>
      <div className="grid gap-4 md:grid-cols-2">
        {(['after', 'before'] as const).map((of) => (
          <NotGivenList key={of} title={t(`notGiven.${of}`)} list={notGiven[of]} />
        ))}
      </div>
    </Section>
  )
}

function NotGivenList({ title, list }: { title: string; list: readonly NotGiven[] }) {
  const t = useTranslations('compare')
  const words = useTranslations('words')
  if (list.length === 0) return null
  return (
    <div>
      <h3 className="font-semibold">{title}</h3>
      <ul className="mt-1 list-disc space-y-1 ps-5">
        {list.map((n) => (
          <li key={`${n.collection} ${n.server} ${n.side}`} className="[overflow-wrap:anywhere]">
            {t('notGiven.line', {
              kind: words(`collection.${n.collection}`),
              where: n.server ?? words(`side.${n.side}`),
              count: n.objects,
            })}
          </li>
        ))}
      </ul>
    </div>
  )
}

type Check = Comparison['checks']['newlyAssessed'][number]

/** Checks that only one of the audits could do. */
export function ChecksApart({ checks }: { checks: Comparison['checks'] }) {
  const t = useTranslations('compare')
  if (checks.noLongerAssessed.length + checks.newlyAssessed.length === 0) return null
  return (
    <Section title={t('checks.title')} id="checks">
      <CheckList title={t('checks.lost', { count: checks.noLongerAssessed.length })} list={checks.noLongerAssessed} />
      <CheckList title={t('checks.gained', { count: checks.newlyAssessed.length })} list={checks.newlyAssessed} />
    </Section>
  )
}

function CheckList({ title, list }: { title: string; list: readonly Check[] }) {
  const t = useTranslations('compare')
  const locale = useLocale()
  if (list.length === 0) return null
  return (
    <details className="mt-2">
      <summary className="tap py-1 font-semibold">{title}</summary>
      <ul className="mt-1 list-disc space-y-1.5 ps-5">
        {list.map(({ rule, missing }) => (
          <li key={rule}>
            <Link href={`/rules/${rule}`} className="link">
              {ruleTitle(ruleInfos, rule, locale)}
            </Link>{' '}
            {missing.length > 0 && (
              <span className="text-table text-ink-2">
                {t('checks.missing', { cmdlets: formatList([...new Set(missing.map((m) => m.cmdlet))], locale) })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
