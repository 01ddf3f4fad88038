import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { Markdown, PageHeader, Section } from '@/components/ui'
import { type RuleMeta, ruleText } from '@/lib/core'
import { Absorbs, Conditions, Examples, Frameworks, Inputs, Levels, References } from './rule-facts'

/** One rule, readable without an audit. Its anchors stay: tickets link to them. */
export function RulePage({ rule }: { rule: RuleMeta }) {
  const t = useTranslations('rules')
  const words = useTranslations('common')
  const lang = useLocale()
  const text = ruleText(rule.id, lang)
  const other = lang === 'de' ? 'en' : 'de'
  const prose = [
    ['checks', text.checks],
    ['why', text.why],
  ] as const
  const remedy = [
    ['fix', text.fix],
    ['ignore', text.ignore],
  ] as const
  return (
    <div className="mx-auto max-w-reading">
      <PageHeader
        eyebrow={
          <>
            <Link href="/rules" className="link">
              {t('title')}
            </Link>
            {' · '}
            <Link href={`/rules?topic=${rule.question}`} className="link">
              {words(`question.${rule.question}`)}
            </Link>
          </>
        }
        title={text.title}
        meta={
          <>
            <code lang="en">{rule.id}</code>
            {' · '}
            <a href={`/rules/${rule.id}?lang=${other}`} lang={other} hrefLang={other} className="link">
              {t('otherLanguage')}
            </a>
          </>
        }
      />
      {prose.map(([key, markdown]) => (
        <Section key={key} id={key} title={t(key)}>
          <Markdown text={markdown} links />
        </Section>
      ))}
      <Conditions text={text} />
      {remedy.map(([key, markdown]) => (
        <Section key={key} id={key} title={t(key)}>
          <Markdown text={markdown} links />
        </Section>
      ))}
      <Levels rule={rule} />
      <Inputs rule={rule} />
      <Examples text={text} />
      <Absorbs rule={rule} />
      <Frameworks rule={rule} />
      <References rule={rule} />
    </div>
  )
}
