import { useLocale, useTranslations } from 'next-intl'
import { FactList, Markdown } from '@/components/ui'
import { changeSentences, type Finding, type RuleText } from '@/lib/core'
import { FixSteps } from './fix-steps'

/** Five steps with the values of this audit filled in; where there is no command, what the rule advises. */
export function HowToFix({ finding, text }: { finding: Finding; text: RuleText }) {
  const t = useTranslations('finding')
  const { fix } = finding
  if (!fix)
    return (
      <>
        <p className="mb-2">{t('fixNone')}</p>
        <Markdown text={text.fix} />
      </>
    )
  return (
    <>
      <FixFacts fix={fix} />
      <Steps fix={fix} />
      <WhatItDoes finding={finding} />
      <details className="mt-4">
        <summary className="tap py-1">{t('fixMore')}</summary>
        <div className="mt-2">
          <Markdown text={text.fix} />
        </div>
      </details>
    </>
  )
}

/** What the change does to this finding and to others, where it was worked out. */
function WhatItDoes({ finding }: { finding: Finding }) {
  const t = useTranslations('finding')
  const said = changeSentences(finding.change, useLocale())
  if (said.length === 0) return null
  return (
    <div className="mt-4 rounded-card border border-line p-3">
      <h3 className="font-semibold">{t('whatItDoes')}</h3>
      <ul className="mt-1 max-w-[72ch] list-disc break-words ps-5">
        {said.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p className="mt-2 text-ink-2 text-table">{t('whatItDoesText')}</p>
    </div>
  )
}

type Fix = NonNullable<Finding['fix']>

function FixFacts({ fix }: { fix: Fix }) {
  const t = useTranslations('finding')
  const facts: [string, string][] = [
    [t('effectLabel'), t(`effect.${fix.effect}`)],
    [t('timeLabel'), t('minutes', { count: fix.minutes })],
    [t('whereLabel'), t(`runsOn.${fix.runsOn}`)],
  ]
  return <FactList facts={facts} className="mb-4" />
}

function Steps({ fix }: { fix: Fix }) {
  const t = useTranslations('finding')
  const common = useTranslations('common')
  const locale = useLocale()
  return (
    <FixSteps
      steps={fix.steps.map(({ kind, powershell }) => ({
        kind,
        powershell,
        label: t(`step.${kind}`),
        text: t(`stepText.${kind}`),
      }))}
      placeholders={fix.placeholders.map(({ name, label }) => ({ name, label: label[locale] }))}
      labels={{
        steps: t('steps'),
        values: t('values'),
        valuesText: t('valuesText'),
        // The names that are open are only known in the browser, which puts them in.
        openValue: t('openValue', { names: '{names}' }),
        copy: t('copyStep'),
        copied: common('copied'),
        copyFailed: common('copyFailed'),
      }}
    />
  )
}
