import type { RawProperty } from '../../model'
import type { Cmdlet } from './cmdlets'
import { isAboutRunning, isSecret, parameterName } from './cmdlets'
import { type CommandLines, lineOf } from './lines'
import { readValueAt, type Value } from './values'

export type ReadCommand = {
  readonly properties: readonly RawProperty[]
  /** Text of the command, without secrets. */
  readonly text: string
  /** Parameters that a variable brings along (`@settings`). */
  readonly splats: readonly { readonly name: string; readonly line: number }[]
  /** Offset behind the command. */
  readonly end: number
  /** A quote or a bracket never closes. */
  readonly open: boolean
}

const PARAMETER = /^[-\u2013\u2014\u2015]([A-Za-z]\w{0,80})(:)?/
const BLANKS = /^(?:[ \t\u00a0]|`[ \t]{0,8}\n[ \t]{0,200})*/
const SPLAT = /^@([A-Za-z_]\w{0,80})/
const LOOK = 400

/** Where the command goes on behind its last line, the caller is asked for another: true when there is one. */
export type More = (where: 'inside' | 'next') => boolean

/** A quote or bracket is open, or a comma is the last thing on the line. */
const isUnfinished = (text: string, value: Value): boolean =>
  value.end < 0 || /^\s{0,40},\s{0,40}$/.test(text.slice(value.end, value.end + 90))

/** Reads the arguments of a command from `at` on. undefined: nothing is given, so it is a mention and no command. */
export function readCommand(c: CommandLines, cmdlet: Cmdlet, at: number, more: More): ReadCommand | undefined {
  const properties: RawProperty[] = []
  const splats: { name: string; line: number }[] = []
  const secrets: [number, number][] = []
  let named = 0
  let hasPositional = false
  let open = false

  /** Takes lines until the value ends, twice as many each time: what never ends is not read over and over. */
  const valueAt = (from: number): Value => {
    let value = readValueAt(c.text, from)
    for (let lines = 1; isUnfinished(c.text, value); lines *= 2) {
      const before = c.starts.length
      for (let n = 0; n < lines && more('inside'); n++);
      if (c.starts.length === before) break
      value = readValueAt(c.text, from)
    }
    return value
  }
  const skip = (from: number): number => {
    for (;;) {
      const i = from + (BLANKS.exec(c.text.slice(from, from + LOOK))?.[0].length ?? 0)
      // A backtick at the very end joins the next line.
      if (!/^`[ \t]{0,8}$/.test(c.text.slice(i, i + 10)) || i + 10 < c.text.length || !more('next')) return i
    }
  }
  const give = (name: string, value: Omit<Value, 'end'>, from: number, to: number): void => {
    if (isAboutRunning(name)) return
    if (isSecret(name)) {
      secrets.push([from, to])
      return
    }
    const lines = [lineOf(c, from), lineOf(c, Math.max(from, to - 1))] as const
    const { text, items, unusable } = value
    properties.push({ name, text, ...(items ? { items } : {}), ...(unusable ? { unusable } : {}), lines })
  }

  let i = skip(at)
  while (i < c.text.length) {
    const rest = c.text.slice(i, i + LOOK)
    const parameter = PARAMETER.exec(rest)
    const splat = SPLAT.exec(rest)
    if (splat !== null) {
      splats.push({ name: splat[0], line: lineOf(c, i) })
      i += splat[0].length
    } else if (parameter !== null) {
      named++
      const name = parameterName(parameter[1] ?? '')
      const from = skip(i + parameter[0].length)
      const value = isSwitch(c.text, from) ? undefined : valueAt(from)
      if (value?.end === -1) {
        open = true
        break
      }
      give(name, value ?? { text: 'True' }, value === undefined ? i : from, value?.end ?? i + parameter[0].length)
      i = value?.end ?? i + parameter[0].length
    } else if (/^[\n;|)}#&]/.test(rest)) break
    else {
      const value = valueAt(i)
      if (value.end <= i) {
        open = value.end < 0
        break
      }
      // These cmdlets have one argument without a name. More of them are the words of a sentence.
      if (hasPositional) return undefined
      hasPositional = true
      give(cmdlet.positional, value, i, value.end)
      i = value.end
    }
    i = skip(i)
  }
  if (named + splats.length === 0) return undefined
  return { properties, text: shown(c.text, secrets, i), splats, end: i, open }
}

/** Nothing that is a value follows. */
const isSwitch = (text: string, at: number): boolean => {
  const rest = text.slice(at, at + 90)
  return rest === '' || /^[\n;|)}#&]/.test(rest) || PARAMETER.test(rest) || SPLAT.test(rest)
}

function shown(text: string, secrets: readonly (readonly [number, number])[], end: number): string {
  let out = ''
  let at = 0
  for (const [from, to] of secrets) {
    out += `${text.slice(at, from)}\u2026`
    at = to
  }
  return (out + text.slice(at, end)).replace(/`[ \t]{0,8}\n[ \t]{0,200}/g, ' ').trim()
}
