import { runAudit } from '../../audit'
import { decodeSource } from '../../decode-source'
import { defaultLimits, type Limits } from '../../limits'
import type { Progress } from '../../read-all'
import { readSource } from '../../read-source'
import { readingOf } from '../../reading'
import type { Report } from '../../report/schema'
import type { Answers } from '../../rules/define-rule'
import type { AuditFile, OpenSource } from '../../source'
import { openSources } from '../../sources'
import { pseudonymsFor } from '../pseudonyms'
import type { KeyEntry, Pseudonyms } from '../types'
import { findLeft } from './left'
import { redactManifest } from './manifest'
import { redactText } from './text'

export type ExportOptions = {
  readonly seed: string
  readonly now: Date
  readonly answers?: Answers
  readonly limits?: Partial<Limits>
  readonly onProgress?: (p: Progress) => void
}

/** Why a file is not among the redacted ones. `log`: protocol logs and headers of messages. `unsafe`: an original would have been left. */
export type LeftOutReason = 'not-recognised' | 'log' | 'not-readable' | 'unsafe'

export type RedactedExports = {
  readonly files: readonly { readonly name: string; readonly text: string }[]
  /** Under their own names. */
  readonly leftOut: readonly { readonly name: string; readonly reason: LeftOutReason }[]
  readonly table: readonly KeyEntry[]
}

/**
 * The exports themselves with pseudonyms: the same objects in the same formats, as UTF-8. Members of archives become files. What is
 * not recognised is left out and never passed on as it is.
 */
export function redactExports(files: readonly AuditFile[], options: ExportOptions): RedactedExports {
  const { seed, now, answers = {}, onProgress } = options
  const limits = { ...defaultLimits, ...options.limits }
  const reading = readingOf(answers)
  const opened = openSources(files, limits).filter((s) => !s.isArchive)
  const texts = new Map(opened.map((s) => [s.id, textOf(s, reading)]))
  const { report } = runAudit(files, { now, answers, limits, ...(onProgress ? { onProgress } : {}) })
  const pseudonyms = pseudonymsFor(report, { seed, texts: [...texts.values()].flatMap((t) => t ?? []) })
  const names = outputNames(opened, pseudonyms)
  const made = opened.map((s): { name: string; text: string } | { name: string; reason: LeftOutReason } => {
    const text = texts.get(s.id)
    if (text === undefined) return { name: s.name, reason: 'not-readable' }
    const out = s.manifest
      ? redactManifest(text, besideIt(s, opened, names, pseudonyms), pseudonyms)
      : redactText(readSource(s, reading), text, pseudonyms)
    if (out === undefined) return { name: s.name, reason: 'not-recognised' }
    return typeof out === 'string' ? { name: s.name, text: out } : { name: s.name, reason: out.reason }
  })
  const table = pseudonyms.table()
  const leftIn = findLeft(table, propertiesOf(report))
  const safe = made.map((m) =>
    'text' in m && leftIn(m.text) !== undefined
      ? { name: m.name, reason: 'unsafe' as const, entry: leftIn(m.text) }
      : m,
  )
  return {
    files: safe.flatMap((m) => ('text' in m ? [{ name: names.get(m.name) ?? m.name, text: m.text }] : [])),
    leftOut: safe.flatMap((m) => ('reason' in m ? [m] : [])),
    table,
  }
}

const propertiesOf = (report: Report): Set<string> =>
  new Set(
    [...Object.values(report.inventory).flat(), ...report.intended].flatMap((o) =>
      Object.keys(o.properties).map((n) => n.toLowerCase()),
    ),
  )

function textOf(source: OpenSource, reading: ReturnType<typeof readingOf>): string | undefined {
  const loaded = source.load?.()
  if (loaded === undefined || 'refusal' in loaded) return undefined
  return decodeSource(source.name, { bytes: loaded.bytes.slice(), isOwn: true }, reading).text
}

/** Written beside the exports: none of them may be called so. */
const KEY_FILE = 'key.json'

/** `archive.zip!/folder/file.txt` is written as `archive/folder/file.txt`. */
function outputNames(sources: readonly OpenSource[], p: Pseudonyms): ReadonlyMap<string, string> {
  const taken = new Set([KEY_FILE])
  return new Map(
    sources.map((s) => {
      const plain = p
        .source(s.name)
        .replace(/(?:\.zip|\.gz)?!\//gi, '/')
        .replace(/[<>:"|?*\\]/g, '_')
        .split('/')
        .filter((part) => part !== '' && part !== '.' && part !== '..')
        .join('/')
      let name = plain
      for (let i = 2; taken.has(name.toLowerCase()); i++) name = plain.replace(/(\.[^./]*)?$/, (end) => `-${i}${end}`)
      taken.add(name.toLowerCase())
      return [s.name, name] as const
    }),
  )
}

/** Names of the files that a manifest speaks of, from its own folder on. */
function besideIt(
  manifest: OpenSource,
  sources: readonly OpenSource[],
  names: ReadonlyMap<string, string>,
  p: Pseudonyms,
): (path: string) => string {
  const folder = manifest.name.slice(0, manifest.name.lastIndexOf('/') + 1)
  const made = names.get(manifest.name) ?? ''
  const prefix = made.slice(0, made.lastIndexOf('/') + 1)
  return (path) => {
    const source = sources.find((s) => s.name.toLowerCase() === `${folder}${path}`.toLowerCase())
    const name = source && names.get(source.name)
    return name?.startsWith(prefix) ? name.slice(prefix.length) : p.source(path)
  }
}
