import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { Shell } from '@/app/shell'
import { PageHeader, Section, SeverityLabel, StateMark } from '@/components/ui'

import { enter } from '@/lib/server/gate'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('shell.help'))('title') }
}

const severities = ['critical', 'high', 'medium', 'low', 'info'] as const
const states = ['passed', 'unknown'] as const
const terms = ['audit', 'environment', 'evidence', 'proof', 'exposure'] as const
const list = 'gap-x-6 gap-y-3 sm:grid sm:grid-cols-[12rem_1fr]'

export default async function HelpPage() {
  await enter('self')
  const t = await getTranslations('shell.help')
  const collect = await getTranslations('collect')
  return (
    <Shell>
      <div className="mx-auto max-w-reading">
        <PageHeader title={t('title')} />
        <Section title={t('severities')}>
          <dl className={list}>
            {severities.map((severity) => (
              <Entry key={severity} term={<SeverityLabel severity={severity} />} text={t(`severity.${severity}`)} />
            ))}
          </dl>
        </Section>
        <Section title={t('results')}>
          <dl className={list}>
            {states.map((state) => (
              <Entry key={state} term={<StateMark state={state} />} text={t(`state.${state}`)} />
            ))}
          </dl>
        </Section>
        <Section title={t('terms')}>
          <dl className={list}>
            {terms.map((term) => (
              <Entry key={term} term={t(`term.${term}`)} text={t(`term.${term}Text`)} />
            ))}
          </dl>
        </Section>
        <Section title={collect('title')}>
          <p>
            {collect('intro')}{' '}
            <Link href="/collect" className="link">
              {collect('open')}
            </Link>
          </p>
        </Section>
        <Section title={t('data')}>
          <p>{t('dataText')}</p>
        </Section>
      </div>
    </Shell>
  )
}

function Entry({ term, text }: { term: React.ReactNode; text: string }) {
  return (
    <>
      <dt className="font-semibold">{term}</dt>
      <dd className="mb-3 sm:mb-0">{text}</dd>
    </>
  )
}
