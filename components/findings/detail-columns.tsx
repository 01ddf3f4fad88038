import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Markdown, Section } from '@/components/ui'
import { type Finding, type Report, ruleCatalogue, ruleText } from '@/lib/core'
import { Absorbed, Affected, Facts, Proving, References } from './detail-facts'
import { HowToFix } from './how-to-fix'
import { CouldRaise, Reasoning } from './reasoning'

type TextProps = {
  base: string
  report: Report
  finding: Finding
  /** The map with what it is about selected. */
  mapHref: string
  /** The steps for these very objects, the rule's text where objects are not shown, or nothing. */
  fix: 'steps' | 'text' | 'none'
}

/** What it is, why it matters, what it is about, and how to fix it: the first column of a finding's page. */
export function FindingText({ base, report, finding, mapHref, fix }: TextProps) {
  const t = useTranslations('finding')
  const locale = useLocale()
  const text = ruleText(finding.rule, locale)
  const absorbed = report.findings.filter((f) => f.absorbedBy === finding.id)
  const references = ruleCatalogue.find((r) => r.id === finding.rule)?.references ?? []
  return (
    <div className="min-w-0">
      {/* A summary says nothing but its title. */}
      {finding.message[locale] !== finding.title[locale] && (
        <Section title={t('what')} className="mt-0!">
          {/* Not Markdown: names from uploaded files stand in it. */}
          <p className="max-w-[72ch]">{finding.message[locale]}</p>
          <Proving base={base} finding={finding} />
        </Section>
      )}
      <Section title={t('why')}>
        <Markdown text={text.why} />
        <div className="mt-4">
          <Facts base={base} finding={finding} />
        </div>
      </Section>
      {finding.objects.length > 0 && (
        <Section title={t('affected')} id="affected">
          <Affected base={base} finding={finding} mapHref={mapHref} />
        </Section>
      )}
      {fix !== 'none' && (
        <Section title={t('fix')} id="fix">
          {fix === 'text' ? <Markdown text={text.fix} /> : <HowToFix finding={finding} text={text} />}
        </Section>
      )}
      {absorbed.length > 0 && (
        <Section title={t('absorbs')}>
          <Absorbed base={base} findings={absorbed} />
        </Section>
      )}
      {references.length > 0 && (
        <Section title={t('references')}>
          <References urls={references} />
        </Section>
      )}
    </div>
  )
}

type ProofProps = {
  base: string
  finding: Finding
  /** The lines that prove it. */
  evidence: ReactNode
  /** Further sections. */
  children?: ReactNode
}

/** The lines that prove it, and how it follows from them: the second column. */
export function FindingProof({ base, finding, evidence, children }: ProofProps) {
  const t = useTranslations('finding')
  return (
    <div className="min-w-0">
      <Section title={t('evidence')} id="evidence" className="xl:mt-0!">
        {evidence}
      </Section>
      {finding.conditions.length > 0 && (
        <Section title={t('reasoning')}>
          <Reasoning base={base} finding={finding} />
        </Section>
      )}
      {finding.couldRaise.length > 0 && (
        <Section title={t('couldRaise')}>
          <CouldRaise finding={finding} />
        </Section>
      )}
      {children}
    </div>
  )
}
