import { useLocale, useTranslations } from 'next-intl'
import {
  confidences,
  exposures,
  type FilterKey,
  findingStatuses,
  type Grouping,
  proofs,
  questionNumbers,
  ruleInfos,
  ruleTitle,
  severities,
} from '@/lib/core'

const find = <T extends string>(all: readonly T[], value: string): T | undefined => all.find((v) => v === value)

/** Words for the values of filters and groups, in the reader's language. */
export function useValueLabel(): (key: FilterKey, value: string) => string {
  const words = useTranslations('words')
  const common = useTranslations('common')
  const findings = useTranslations('findings')
  const locale = useLocale()
  return (key, value) => {
    switch (key) {
      case 'sev': {
        const severity = find(severities, value)
        return severity ? common(`severity.${severity}`) : value
      }
      case 'topic': {
        const question = questionNumbers.find((n) => String(n) === value)
        return question ? common(`question.${question}`) : value
      }
      case 'exp': {
        const exposure = find(exposures, value)
        return exposure ? words(`exposure.${exposure}`) : value
      }
      case 'proof': {
        const proof = find(proofs, value)
        return proof ? words(`proof.${proof}`) : value
      }
      case 'conf': {
        const confidence = find(confidences, value)
        return confidence ? words(`confidence.${confidence}`) : value
      }
      case 'st': {
        const status = find(findingStatuses, value)
        return status ? findings(`status.${status}`) : value
      }
      case 'rule':
        return ruleTitle(ruleInfos, value, locale)
      case 'q':
      case 'srv':
      case 'obj':
        return value
    }
  }
}

/** The heading of a group. */
export function useGroupLabel(): (group: Grouping, key: string) => string {
  const t = useTranslations('findings')
  const label = useValueLabel()
  return (group, key) => {
    switch (group) {
      case 'rule':
        return label('rule', key)
      case 'question':
        return label('topic', key)
      case 'server':
        return key === '' ? t('noServer') : key
      case 'object':
      case 'none':
        return key
    }
  }
}
