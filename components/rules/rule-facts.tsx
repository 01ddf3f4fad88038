import { ExternalLink } from 'lucide-react'
import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { CodeBlock, Section, SeverityLabel } from '@/components/ui'
import {
  type CollectionName,
  cmdletOf,
  messageParts,
  type RuleMeta,
  type RuleText,
  ruleCatalogue,
  ruleText,
} from '@/lib/core'

/** What has to hold, in words; values that only a finding has stand as names. */
export function Conditions({ text }: { text: RuleText }) {
  const t = useTranslations('rules')
  const lang = useLocale()
  return (
    <Section id="conditions" title={t('conditions')} description={t('conditionsText')}>
      <ul className="list-disc space-y-1 ps-5">
        {Object.entries(text.conditions).map(([key, message]) => (
          <li key={key} id={`condition-${key}`}>
            {messageParts(message, lang).map((part, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed text never change places
              <span key={index}>{part.kind === 'text' ? part.value : <Placeholder name={part.value} />}</span>
            ))}
          </li>
        ))}
      </ul>
    </Section>
  )
}

const named = ['connector', 'server', 'port', 'addresses', 'hybrid', 'entry', 'name', 'domain', 'count'] as const

function Placeholder({ name }: { name: string }) {
  const t = useTranslations('rules.param')
  const known = named.find((item) => item === name)
  return <em className="text-ink-2">‹{known ? t(known) : name}›</em>
}

export function Inputs({ rule }: { rule: RuleMeta }) {
  const t = useTranslations('rules')
  return (
    <Section id="inputs" title={t('inputs')}>
      <h3 className="font-semibold">{t('needed')}</h3>
      <p className="text-ink-2">{t('neededText')}</p>
      <InputList rule={rule} collections={rule.needs} />
      {rule.optional.length > 0 && (
        <>
          <h3 className="mt-4 font-semibold">{t('helps')}</h3>
          <p className="text-ink-2">{t('helpsText')}</p>
          <InputList rule={rule} collections={rule.optional} />
        </>
      )}
    </Section>
  )
}

function InputList({ rule, collections }: { rule: RuleMeta; collections: readonly CollectionName[] }) {
  const t = useTranslations('rules')
  return (
    <ul className="mt-1 list-disc space-y-1 ps-5">
      {collections.map((collection) => (
        <li key={collection}>
          <code lang="en">{cmdletOf[collection]}</code>
          {(rule.reads[collection] ?? []).length > 0 && (
            <span className="text-ink-2">
              {': '}
              {t('reads')}{' '}
              {(rule.reads[collection] ?? []).map((property, i) => (
                <span key={property}>
                  {i > 0 && ', '}
                  <code lang="en">{property}</code>
                </span>
              ))}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

export function Levels({ rule }: { rule: RuleMeta }) {
  const t = useTranslations('rules')
  return (
    <Section id="levels" title={t('levels')}>
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[10rem_1fr]">
        {rule.severities.map((level) => (
          <div key={level} className="contents">
            <dt>
              <SeverityLabel severity={level} />
            </dt>
            <dd>{t(`level.${level}`)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

export function Examples({ text }: { text: RuleText }) {
  const t = useTranslations('rules')
  return (
    <Section id="examples" title={t('examples')}>
      <div className="space-y-4">
        {text.examples.map((example) => {
          const answers = example.options.answers
          const label = answers
            ? `${t(`example.${example.kind}`)}, ${t('answer', { answer: answers })}`
            : t(`example.${example.kind}`)
          return (
            <CodeBlock
              key={`${example.kind} ${answers ?? ''} ${example.text}`}
              code={example.text.trimEnd()}
              label={label}
              copyable={false}
            />
          )
        })}
      </div>
    </Section>
  )
}

/** Rules whose findings become part of this one's. A rule that is announced and not built yet has no page to lead to. */
export function Absorbs({ rule }: { rule: RuleMeta }) {
  const t = useTranslations('rules')
  const lang = useLocale()
  const known = rule.absorbs.filter((entry) => ruleCatalogue.some((other) => other.id === entry.rule))
  if (known.length === 0) return null
  return (
    <Section id="same-cause" title={t('absorbs')} description={t('absorbsText')}>
      <ul className="list-disc space-y-1 ps-5">
        {known.map((entry) => (
          <li key={`${entry.rule} ${entry.same}`}>
            <Link href={`/rules/${entry.rule}`} className="link">
              {ruleText(entry.rule, lang).title}
            </Link>
            , {t(`same.${entry.same}`)}
          </li>
        ))}
      </ul>
    </Section>
  )
}

export function Frameworks({ rule }: { rule: RuleMeta }) {
  const t = useTranslations('rules')
  const entries = Object.entries(rule.frameworks).filter(([, items]) => items.length > 0)
  if (entries.length === 0) return null
  return (
    <Section id="frameworks" title={t('frameworks')}>
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[10rem_1fr]">
        {entries.map(([name, items]) => (
          <div key={name} className="contents">
            <dt className="font-semibold">{name}</dt>
            <dd>{items.join(', ')}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

export function References({ rule }: { rule: RuleMeta }) {
  const t = useTranslations('rules')
  if (rule.references.length === 0) return null
  return (
    <Section id="references" title={t('references')}>
      <ul className="space-y-1">
        {rule.references.map((href) => (
          <li key={href}>
            <a href={href} rel="noreferrer" className="link inline-flex items-start gap-1.5 break-all">
              {href.replace(/^https:\/\//, '')}
              <ExternalLink aria-label={t('external')} className="mt-1 size-4 shrink-0" strokeWidth={1.75} />
            </a>
          </li>
        ))}
      </ul>
    </Section>
  )
}
