import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Language } from '@/lib/core'
import type { ParsedArgs } from './args'
import { UsageError } from './errors'
import { startFolder } from './files'
import { writeFile, writeOut } from './output'
import type { FormatName } from './usage'

/** What every command needs of its options. */
export type Context = {
  readonly args: ParsedArgs
  readonly version: string
  readonly lang: Language
  readonly quiet: boolean
  readonly asOf: Date | undefined
  /** A sentence on standard error, unless --quiet. */
  readonly tell: (text: string) => void
  readonly color: boolean
}

export const option = (args: ParsedArgs, name: string): string | undefined => args.values.get(name)?.at(-1)

/** A day or a moment of ISO 8601; a day begins at midnight UTC. */
export function readDate(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined
  const date = new Date(text)
  const day = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.exec(text)?.[1]
  const midnight = new Date(`${day}T00:00:00Z`)
  // 31 February is read as a day in March, and month 13 as none at all.
  const exists = !Number.isNaN(midnight.getTime()) && midnight.toISOString().slice(0, 10) === day
  if (!exists || Number.isNaN(date.getTime()))
    throw new UsageError(`--as-of takes a date like 2026-11-21, not “${text}”.`)
  return date
}

/** The format that was asked for, or text on a terminal and json for a program. A command offers some of them. */
export function formatFor(context: Context, command: string, offered: readonly FormatName[]): FormatName {
  const asked = option(context.args, 'format')
  if (asked === undefined) return process.stdout.isTTY && option(context.args, 'out') === undefined ? 'text' : 'json'
  const format = offered.find((f) => f === asked)
  if (!format) throw new UsageError(`--format: ${command} offers ${offered.join(', ')}, not ${asked}.`)
  return format
}

/** How a result is laid out on a terminal. */
export const textOptions = ({ lang, color }: Context) => ({
  lang,
  color,
  width: Math.min(process.stdout.columns ?? 100, 120),
})

/** A path as the person who typed it means it. */
export const inStartFolder = (file: string): string => path.resolve(startFolder(), file)

export function readTextFile(name: string, file: string): string {
  try {
    return readFileSync(inStartFolder(file), 'utf8')
  } catch {
    throw new UsageError(`--${name}: ${file} does not exist or cannot be read.`)
  }
}

export async function deliver(context: Context, pieces: Iterable<string>): Promise<void> {
  const out = option(context.args, 'out')
  if (out === undefined) await writeOut(pieces)
  else writeFile(inStartFolder(out), pieces)
}
