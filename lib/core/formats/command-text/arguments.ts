import type { RawProperty } from '../../model'
import { isAboutRunning, isSecret } from './cmdlets'
import { type CommandLines, lineOf } from './lines'
import { readValueAt, type Value } from './values'

const BLANKS = /^(?:[ \t\u00a0]|`[ \t]{0,8}\n[ \t]{0,200})*/
const LOOK = 400

/** Where the command goes on behind its last line, the caller is asked for another: true when there is one. */
export type More = (where: 'inside' | 'next') => boolean

/** A quote or bracket is open, or a comma is the last thing on the line. */
const isUnfinished = (text: string, value: Value): boolean =>
  value.end < 0 || /^\s{0,40},\s{0,40}$/.test(text.slice(value.end, value.end + 90))

/** What a command is given, while it is read. */
export class Arguments {
  readonly properties: RawProperty[] = []
  private readonly secrets: [number, number][] = []

  constructor(
    private readonly c: CommandLines,
    private readonly more: More,
  ) {}

  /** The value at an offset. Takes lines until it ends, twice as many each time: what never ends is not read over and over. */
  valueAt(from: number): Value {
    let value = readValueAt(this.c.text, from)
    for (let lines = 1; isUnfinished(this.c.text, value); lines *= 2) {
      const before = this.c.starts.length
      for (let n = 0; n < lines && this.more('inside'); n++);
      if (this.c.starts.length === before) break
      value = readValueAt(this.c.text, from)
    }
    return value
  }

  /** Behind blanks and the ends of lines that a backtick joins. */
  skip(from: number): number {
    for (;;) {
      const i = from + (BLANKS.exec(this.c.text.slice(from, from + LOOK))?.[0].length ?? 0)
      const isJoined = i + 10 >= this.c.text.length && /^`[ \t]{0,8}$/.test(this.c.text.slice(i))
      if (!isJoined || !this.more('next')) return i
    }
  }

  give(name: string, value: Omit<Value, 'end'>, from: number, to: number): void {
    if (isAboutRunning(name)) return
    if (isSecret(name)) {
      this.secrets.push([from, to])
      return
    }
    const lines = [lineOf(this.c, from), lineOf(this.c, Math.max(from, to - 1))] as const
    const { text, items, unusable } = value
    this.properties.push({ name, text, ...(items ? { items } : {}), ...(unusable ? { unusable } : {}), lines })
  }

  /** The command up to an offset, in one line and without secrets. */
  shown(end: number): string {
    let out = ''
    let at = 0
    for (const [from, to] of this.secrets) {
      out += `${this.c.text.slice(at, from)}\u2026`
      at = to
    }
    return (out + this.c.text.slice(at, end)).replace(/`[ \t]{0,8}\n[ \t]{0,200}/g, ' ').trim()
  }
}
