import type { ChainFault, ChainResult, LogHead } from '@/lib/core'

/** What `verify-log` found out. */
export type Verdict = ChainResult & {
  /** The newest entry as it was noted elsewhere; null where no note was found. */
  readonly noted: LogHead | null
  /** A note that should be there is not. */
  readonly isNoteMissing: boolean
  readonly isExtract: boolean
}

export const isWhole = (v: Verdict): boolean => v.fault === null && v.noticed.length === 0 && !v.isNoteMissing

const faults: Readonly<Record<ChainFault['kind'], { readonly en: string; readonly de: string }>> = {
  gap: { en: 'Entry {seq} is missing.', de: 'Eintrag {seq} fehlt.' },
  order: {
    en: 'Entry {seq} stands in the wrong place, or twice.',
    de: 'Eintrag {seq} steht an der falschen Stelle oder doppelt.',
  },
  changed: {
    en: 'Entry {seq} was changed after it was written.',
    de: 'Eintrag {seq} wurde nachträglich geändert.',
  },
  unlinked: {
    en: 'Entry {seq} does not follow the one before it: one of the two was replaced.',
    de: 'Eintrag {seq} folgt nicht auf den vorigen: Einer der beiden wurde ersetzt.',
  },
  cut: {
    en: 'The end was cut off: entry {seq} was there, and is missing.',
    de: 'Das Ende wurde abgeschnitten: Eintrag {seq} war vorhanden und fehlt.',
  },
  replaced: {
    en: 'Entry {seq} is not the one that was noted: it and those before it may have been written anew.',
    de: 'Eintrag {seq} ist nicht der, der vermerkt wurde: Er und alle davor können neu geschrieben worden sein.',
  },
}

const texts = {
  en: {
    whole: (n: string) => `The activity log is whole (entries: ${n}).`,
    extract: (n: string) =>
      `No entry of this extract was changed (entries: ${n}). What was left out of it cannot be told.`,
    damaged: 'The activity log is damaged.',
    noticed: (seq: string) =>
      `Entry ${seq}: the server itself noticed that entries before it had gone or were replaced.`,
    noNote: 'The note of the newest entry is missing, so nobody can tell whether the end was cut off.',
    newest: (seq: string, hash: string) => `Newest entry: ${seq}, SHA-256 ${hash}`,
  },
  de: {
    whole: (n: string) => `Das Aktivitätsprotokoll ist vollständig und unverändert (Einträge: ${n}).`,
    extract: (n: string) =>
      `Kein Eintrag dieses Auszugs wurde geändert (Einträge: ${n}). Was darin ausgelassen ist, lässt sich nicht sagen.`,
    damaged: 'Das Aktivitätsprotokoll ist beschädigt.',
    noticed: (seq: string) =>
      `Eintrag ${seq}: Der Server hat selbst bemerkt, dass Einträge davor fehlten oder ersetzt waren.`,
    noNote: 'Der Vermerk des neuesten Eintrags fehlt, daher ist nicht zu sagen, ob das Ende abgeschnitten wurde.',
    newest: (seq: string, hash: string) => `Neuester Eintrag: ${seq}, SHA-256 ${hash}`,
  },
} as const

/** The verdict in sentences, one a line. */
export function verdictText(v: Verdict, lang: 'en' | 'de'): string {
  const t = texts[lang]
  const lines = [
    isWhole(v) ? (v.isExtract ? t.extract : t.whole)(String(v.entries)) : t.damaged,
    ...(v.fault ? [faults[v.fault.kind][lang].replace('{seq}', String(v.fault.seq))] : []),
    ...v.noticed.map((seq) => t.noticed(String(seq))),
    ...(v.isNoteMissing ? [t.noNote] : []),
    ...(v.head.seq > 0 ? [t.newest(String(v.head.seq), v.head.hash)] : []),
  ]
  return `${lines.join('\n')}\n`
}

/** The verdict for programs. */
export function verdictJson(v: Verdict): string {
  const { entries, head, fault, noticed, noted, isExtract } = v
  const status = isWhole(v) ? 'whole' : 'damaged'
  return `${JSON.stringify({ status, entries, head, fault, noticed, noted, extract: isExtract }, null, 2)}\n`
}
