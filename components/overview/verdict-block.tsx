import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ButtonLink } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { findingsSearch, type Report, type Verdict, verdict } from '@/lib/core'

type Tag = (children: ReactNode) => ReactNode
const linkTo =
  (href: string): Tag =>
  (children) => (
    <Link href={href} className="link">
      {children}
    </Link>
  )

/** Two sentences: the gravest fault that is proven; then what is in order, and what the files leave open. */
export function VerdictBlock({ base, report, mapHref }: { base: string; report: Report; mapHref: string }) {
  const t = useTranslations('overview')
  const locale = useLocale()
  const v = verdict(report)
  const worst = v.worst
  return (
    <section aria-labelledby="verdict-h" className="rounded-card border border-line bg-subtle p-4 sm:p-6">
      <h2 id="verdict-h" className="text-table text-ink-2">
        {t('verdict')}
      </h2>
      <p className="mt-1 max-w-[72ch] text-lead">
        <Lead base={base} lead={v.lead} /> <Rest base={base} verdict={v} />
      </p>
      {worst && v.lead.kind === 'proven' && (
        <p className="mt-2 max-w-[72ch]">
          {t.rich('worst', {
            title: worst.title[locale],
            f: linkTo(`${base}/findings/${encodeURIComponent(worst.id)}`),
          })}
        </p>
      )}
      {v.partly > 0 && (
        <p className="mt-2 max-w-[72ch]">
          {t.rich('partly', { count: v.partly, gaps: linkTo(`${base}/coverage?view=checks#partly`) })}
        </p>
      )}
      <Actions base={base} verdict={v} mapHref={mapHref} />
    </section>
  )
}

function Actions({ base, verdict: v, mapHref }: { base: string; verdict: Verdict; mapHref: string }) {
  const t = useTranslations('overview')
  return (
    <p className="mt-4 flex flex-wrap gap-2">
      {v.lead.kind === 'nothing-readable' ? (
        <ButtonLink href={`${base}/files`}>{t('seeFiles')}</ButtonLink>
      ) : (
        <>
          {v.lead.kind === 'proven' && <ButtonLink href={mapHref}>{t('seeMap')}</ButtonLink>}
          {v.notAssessed + v.partly > 0 && <ButtonLink href={`${base}/coverage`}>{t('whatMissing')}</ButtonLink>}
        </>
      )}
    </p>
  )
}

function Lead({ base, lead }: { base: string; lead: Verdict['lead'] }) {
  const t = useTranslations('overview')
  switch (lead.kind) {
    case 'proven': {
      const { question, severity, reach, count } = lead
      const search = findingsSearch({ topic: [question], sev: [severity], conf: ['proven'] })
      return t.rich(`lead.proven.${question}.${severity}`, {
        reach,
        count,
        list: linkTo(`${base}/findings${search}`),
      })
    }
    case 'likely': {
      const search = findingsSearch({ sev: lead.severities, conf: ['likely'] })
      return t.rich('lead.likely', { count: lead.count, list: linkTo(`${base}/findings${search}`) })
    }
    case 'accepted': {
      const search = findingsSearch({ st: ['accepted'] })
      return t.rich('lead.accepted', { count: lead.count, list: linkTo(`${base}/findings${search}`) })
    }
    case 'nothing-readable':
      return t.rich('lead.nothing-readable', { files: lead.files, list: linkTo(`${base}/files`) })
    case 'quiet':
    case 'blind':
    case 'only-exchange-online':
      return t(`lead.${lead.kind}`)
  }
}

const restKeys = ['1', '2', '3', '12', '13', '23', '123'] as const

function Rest({ base, verdict: v }: { base: string; verdict: Verdict }) {
  const t = useTranslations('overview')
  const saysItAll = v.lead.kind === 'quiet' || v.lead.kind === 'nothing-readable'
  const key = saysItAll ? 'none' : (restKeys.find((k) => k === v.notFound) ?? 'none')
  return t.rich(`rest.${key}`, {
    open: v.notAssessed,
    checks: v.checks,
    gaps: linkTo(`${base}/coverage?view=checks`),
    all: linkTo('#checks'),
  })
}
