import { UsageError } from './errors'

type OptionSpec = {
  readonly takes: string | null
  readonly repeat?: true
  readonly rest?: true
  readonly oneOf?: readonly string[]
}
export type OptionSpecs = Readonly<Record<string, OptionSpec>>

export type ParsedArgs = {
  readonly flags: ReadonlySet<string>
  readonly values: ReadonlyMap<string, readonly string[]>
  readonly positionals: readonly string[]
}

function readValue(name: string, spec: OptionSpec, value: string | undefined): string {
  if (value === undefined || value === '') throw new UsageError(`--${name} needs ${spec.takes}.`)
  if (spec.oneOf && !spec.oneOf.includes(value))
    throw new UsageError(`--${name} takes ${spec.oneOf.join(', ')}, not “${value}”.`)
  return value
}

/** An option with `rest` takes every PATH that follows it. `--name value`, `--name=value`, `--` before names that begin with a dash, `-` for standard input. The last value of an option holds. */
export function parseArgs(argv: readonly string[], specs: OptionSpecs): ParsedArgs {
  const flags = new Set<string>()
  const values = new Map<string, string[]>()
  let positionals: string[] = []
  const before = positionals
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i] ?? ''
    if (arg === '--') {
      positionals.push(...argv.slice(i + 1))
      break
    }
    if (arg === '-' || !arg.startsWith('-')) {
      positionals.push(arg)
      continue
    }
    const short = { '-h': '--help', '-v': '--version', '-q': '--quiet' }[arg] ?? arg
    const equals = short.indexOf('=')
    const name = (equals < 0 ? short : short.slice(0, equals)).replace(/^--/, '')
    const spec = short.startsWith('--') && Object.hasOwn(specs, name) ? specs[name] : undefined
    if (!spec) throw new UsageError(`Unknown option ${equals < 0 ? arg : arg.slice(0, equals)}.`)
    if (spec.takes === null) {
      if (equals >= 0) throw new UsageError(`--${name} takes no value.`)
      flags.add(name)
      continue
    }
    const inline = equals < 0 ? undefined : short.slice(equals + 1)
    const next = argv[i + 1]
    if (inline === undefined && next !== undefined && (next === '-' || !next.startsWith('--'))) i++
    const value = readValue(name, spec, inline ?? (next?.startsWith('--') ? undefined : next))
    const held = spec.repeat ? [...(values.get(name) ?? []), value] : [value]
    values.set(name, held)
    if (spec.rest) positionals = held
  }
  return { flags, values, positionals: before }
}
