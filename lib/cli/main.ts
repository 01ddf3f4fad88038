import { randomBytes } from 'node:crypto'
import { visible } from '@/lib/core'
import { analyse } from './analyse'
import { type OptionSpecs, type ParsedArgs, parseArgs } from './args'
import { collect } from './collect'
import { compare } from './compare'
import { type Context, option, readDate } from './context'
import { exitCodes, UsageError } from './errors'
import { exposure } from './exposure'
import { writeOut } from './output'
import { redact } from './redact'
import { rules } from './rules'
import { traceCommand } from './trace'
import {
  analyseOptions,
  commandUsage,
  commonOptions,
  compareOptions,
  exposureOptions,
  laterCommands,
  redactOptions,
  traceOptions,
  usage,
  verifyLogOptions,
} from './usage'
import { verifyLog } from './verify-log'

type Command = {
  readonly options: OptionSpecs
  readonly run: (positionals: readonly string[], context: Context) => Promise<number>
}
const commands: Readonly<Record<string, Command>> = {
  analyse: { options: analyseOptions, run: analyse },
  trace: { options: traceOptions, run: traceCommand },
  exposure: { options: exposureOptions, run: exposure },
  compare: { options: compareOptions, run: compare },
  rules: { options: commonOptions, run: rules },
  collect: { options: commonOptions, run: collect },
  redact: { options: redactOptions, run: redact },
  'verify-log': { options: verifyLogOptions, run: verifyLog },
}

function contextOf(args: ParsedArgs, version: string): Context {
  const quiet = args.flags.has('quiet')
  const { NO_COLOR, TERM } = process.env
  return {
    args,
    version,
    quiet,
    lang: option(args, 'lang') === 'de' ? 'de' : 'en',
    asOf: readDate(option(args, 'as-of')),
    tell: quiet ? () => {} : (text) => process.stderr.write(`${text}\n`),
    color: process.stdout.isTTY === true && !NO_COLOR && TERM !== 'dumb' && option(args, 'out') === undefined,
  }
}

/** The first word that is neither an option nor the value of one names the command. */
function splitCommand(argv: readonly string[]): { name: string | undefined; rest: readonly string[] } {
  const all: OptionSpecs = {
    ...analyseOptions,
    ...traceOptions,
    ...compareOptions,
    ...verifyLogOptions,
    ...redactOptions,
  }
  for (let at = 0; at < argv.length; at++) {
    const arg = argv[at] ?? ''
    if (!arg.startsWith('-')) return { name: arg, rest: [...argv.slice(0, at), ...argv.slice(at + 1)] }
    if (all[arg.replace(/^--/, '')]?.takes) at++
  }
  return { name: undefined, rest: argv }
}

async function run(argv: readonly string[], version: string): Promise<number> {
  const { name, rest } = splitCommand(argv)
  if (name !== undefined && laterCommands.includes(name))
    throw new UsageError(`The command ${name} is not in this version of postern.`)
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (name !== undefined && !command)
    throw new UsageError(`There is no command “${visible(name)}”; postern --help lists them.`)
  const args = parseArgs(rest, command?.options ?? commonOptions)
  if (args.flags.has('version')) await writeOut([`postern ${version}\n`])
  else if (args.flags.has('help')) await writeOut([commandUsage[name ?? ''] ?? usage])
  else if (command) return await command.run(args.positionals, contextOf(args, version))
  else throw new UsageError('A command is missing; postern --help lists them.')
  return exitCodes.done
}

/** Runs the command line and sets the exit code; whatever is still being written is written to its end. */
export async function main(argv: readonly string[], version: string): Promise<void> {
  process.stderr.on('error', () => {}) // nobody reads the diagnostics: the result is still wanted
  try {
    process.exitCode = await run(argv, version)
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`postern: ${visible(error.message)}\n`)
      process.exitCode = exitCodes.usage
      return
    }
    const id = randomBytes(4).toString('hex')
    const reason = error instanceof Error ? error.message : String(error)
    process.stderr.write(`postern: internal error ${id}: ${visible(reason)}\n`)
    if (argv.includes('--debug') && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`)
    process.exitCode = exitCodes.internal
  }
}
