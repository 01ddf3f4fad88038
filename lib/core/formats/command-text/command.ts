import type { RawProperty } from '../../model'
import { Arguments, type More } from './arguments'
import { type Cmdlet, parameterName } from './cmdlets'
import { type CommandLines, lineOf } from './lines'

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
const SPLAT = /^@([A-Za-z_]\w{0,80})/
const END = /^[\n;|)}#&]/
const LOOK = 100

/** Offset behind an argument; undefined: it never ends. */
type Next = number | undefined

/** `-Name value`, `-Name:value`, `-Name`. */
function readParameter(args: Arguments, c: CommandLines, at: number, head: RegExpExecArray): Next {
  const behind = at + head[0].length
  const from = args.skip(behind)
  const name = parameterName(head[1] ?? '')
  if (isSwitch(c.text, from)) {
    args.give(name, { text: 'True' }, at, behind)
    return behind
  }
  const value = args.valueAt(from)
  if (value.end < 0) return undefined
  args.give(name, value, from, value.end)
  return value.end
}

/** Nothing that is a value follows. */
function isSwitch(text: string, at: number): boolean {
  const rest = text.slice(at, at + LOOK)
  return rest === '' || END.test(rest) || PARAMETER.test(rest) || SPLAT.test(rest)
}

/** Reads the arguments of a command from `at` on. undefined: nothing is given, so it is a mention and no command. */
export function readCommand(c: CommandLines, cmdlet: Cmdlet, at: number, more: More): ReadCommand | undefined {
  const args = new Arguments(c, more)
  const splats: { name: string; line: number }[] = []
  let named = 0
  let hasPositional = false
  let open = false
  let i = args.skip(at)
  while (i < c.text.length) {
    const rest = c.text.slice(i, i + LOOK)
    if (END.test(rest)) break
    const parameter = PARAMETER.exec(rest)
    const splat = SPLAT.exec(rest)
    let next: Next
    if (splat !== null) {
      splats.push({ name: splat[0], line: lineOf(c, i) })
      next = i + splat[0].length
    } else if (parameter !== null) {
      named++
      next = readParameter(args, c, i, parameter)
    } else {
      // These cmdlets have one argument without a name. More of them are the words of a sentence.
      if (hasPositional) return undefined
      hasPositional = true
      const value = args.valueAt(i)
      if (value.end > i) args.give(cmdlet.positional, value, i, value.end)
      next = value.end < 0 ? undefined : value.end
    }
    open = next === undefined
    if (next === undefined || next === i) break
    i = args.skip(next)
  }
  if (named + splats.length === 0) return undefined
  return { properties: args.properties, text: args.shown(i), splats, end: i, open }
}
