'use client'
import { useTranslations } from 'next-intl'

const words = ['required', 'missing', 'too-long', 'https', 'days', 'above-most'] as const

/** What is wrong with a field, as a sentence; undefined where nothing is. */
export function useFault(faults: Readonly<Record<string, string>>) {
  const t = useTranslations('settings.fault')
  return (field: string): string | undefined => {
    const word = faults[field]
    return word === undefined ? undefined : t(words.find((known) => known === word) ?? 'other')
  }
}
