import { knownServers, missingOf, serversWithoutConnectors, usualSide } from '../mailflow/known-servers'
import { areOutboundListed } from '../mailflow/listing'
import { unlisted } from '../mailflow/receive-evidence'
import { sameServer } from '../mailflow/server-names'
import { mailboxServers } from '../mailflow/transport-servers'
import { type CollectionName, type Config, cmdletOf, type ExportedBlock } from '../model'
import type { Outcome } from '../report/schema'
import type { Fail, Missing, Rule, RuleContext, Verdict } from '../rules/define-rule'
import { shortHash } from './fingerprint'

export type Crash = { readonly id: string; readonly rule: string; readonly cause: unknown }
export type RuleRun = { readonly rule: Rule; readonly verdicts: readonly Verdict[]; readonly crash: Crash | null }

const isExported = (config: Config, collection: CollectionName): boolean =>
  config[collection].length > 0 || config.exports.some((b) => b.collection === collection)

/** One rule on one config. What it needs and is not there makes it not assessed; what it throws is its own outcome. */
export function runRule(rule: Rule, context: RuleContext): RuleRun {
  const isAbsent = (collection: CollectionName) => !isExported(context.config, collection)
  const either = rule.eitherOf ?? []
  const absent = [...rule.needs.filter(isAbsent), ...(either.every(isAbsent) ? either : [])]
  if (absent.length > 0) {
    const [first, ...rest] = absent.map((collection) => exportOf(context.config, collection))
    const verdicts: readonly Verdict[] = first ? [{ state: 'not-assessed', missing: [first, ...rest] }] : []
    return { rule, verdicts, crash: null }
  }
  try {
    const verdicts = [...rule.check(context)]
    const unseen = [...serversNotSeen(rule, context.config, verdicts), ...objectsLost(rule, context.config, verdicts)]
    return { rule, verdicts: unseen.length > 0 ? [...verdicts, ...unseen] : verdicts, crash: null }
  } catch (cause) {
    return crashed(rule, cause)
  }
}

export function crashed(rule: Rule, cause: unknown): RuleRun {
  const id = shortHash([rule.id, cause instanceof Error ? cause.message : String(cause)])
  return { rule, verdicts: [], crash: { id, rule: rule.id, cause } }
}

/** Exported server by server: those that other exports name are asked for. */
const ofServers: ReadonlySet<CollectionName> = new Set(['adPermissions', 'certificates'])

function exportOf(config: Config, collection: CollectionName): Missing {
  const side = usualSide(collection)
  const known = side === 'on-premises' ? knownServers(config).filter((s) => s.side === side) : []
  const names = known.length === 0 && ofServers.has(collection) ? mailboxServers(config) : known.map((s) => s.name)
  return { cmdlet: cmdletOf[collection], side, servers: [...names].sort() }
}

/** Rules that only hybrid mail flow or an Edge concerns: without verdicts they do not apply, whatever other servers have. */
const isAboutAll = ({ family }: Rule): boolean => ['relay', 'selection', 'receive-tls'].includes(family)

/** A rule about receive connectors has not seen those of a server that is known and was not exported. */
function serversNotSeen(rule: Rule, config: Config, verdicts: readonly Verdict[]): readonly Verdict[] {
  if (!rule.needs.includes('receiveConnectors') || (verdicts.length === 0 && !isAboutAll(rule))) return []
  // Nothing to judge among connectors that were named: there may be something among the others.
  const partly = verdicts.length === 0 ? unlisted(config) : undefined
  const unseen = missingOf(cmdletOf.receiveConnectors, serversWithoutConnectors(config))
  const [first, ...rest] = partly ? [partly, ...unseen] : unseen
  return first ? [{ state: 'not-assessed', missing: [first, ...rest] }] : []
}

/** Does another export list the whole of what this one lost a part of? */
const isMadeUpFor = (lost: ExportedBlock, config: Config): boolean =>
  config.exports.some(
    (b) =>
      b.collection === lost.collection &&
      b.side === lost.side &&
      b.listing === 'all' &&
      (b.server === null || (lost.server !== null && sameServer(b.server, lost.server))),
  )

/**
 * A rule that found nothing to speak of does not apply where a command for all objects of a kind gave none. One for named or filtered objects
 * that gave none, or whose rows could not be read, says nothing of the others.
 */
function nothingSeen(rule: Rule, config: Config): readonly Verdict[] {
  const isSeen = (collection: CollectionName) =>
    config[collection].length > 0 ||
    (collection === 'outboundConnectors'
      ? areOutboundListed(config, ['plain']) === 'yes'
      : config.exports.some((b) => b.collection === collection && b.listing === 'all'))
  const [first, ...rest] = rule.needs.filter((c) => !isSeen(c)).map((c) => exportOf(config, c))
  return first ? [{ state: 'not-assessed', missing: [first, ...rest] }] : []
}

/** What a cut export no longer shows may be what a rule looks for: nothing that is left of it lets the rule pass. */
function objectsLost(rule: Rule, config: Config, verdicts: readonly Verdict[]): readonly Verdict[] {
  if (verdicts.length === 0) return nothingSeen(rule, config)
  const [first, ...rest] = config.exports
    .filter((b) => b.isPartial && rule.needs.includes(b.collection) && !isMadeUpFor(b, config))
    .map((b) => ({ cmdlet: cmdletOf[b.collection], side: b.side, servers: b.server === null ? [] : [b.server] }))
  return first ? [{ state: 'not-assessed', missing: [first, ...rest] }] : []
}

export const failsOf = (run: RuleRun): readonly Fail[] => run.verdicts.filter((v) => v.state === 'fail')

/** Inputs by cmdlet and side, each once, with all servers that were named. A cmdlet without servers means all of them. */
export function mergeMissing(missing: readonly Missing[]): Outcome['missing'] {
  const merged = new Map<string, { cmdlet: string; side: Missing['side']; servers: Set<string> }>()
  for (const m of missing) {
    const key = `${m.side} ${m.cmdlet}`
    const entry = merged.get(key) ?? { cmdlet: m.cmdlet, side: m.side, servers: new Set<string>() }
    for (const server of m.servers) entry.servers.add(server)
    merged.set(key, entry)
  }
  return [...merged.values()].map((m) => ({ ...m, servers: [...m.servers].sort() }))
}

export const missingOfRun = (run: RuleRun): Outcome['missing'] =>
  mergeMissing(run.verdicts.flatMap((v) => (v.state === 'not-assessed' ? v.missing : [])))

/** The worst verdict of its objects speaks for a rule; one without verdicts does not apply. */
export function stateOf(run: RuleRun): 'fail' | 'pass' | 'not-assessed' | 'not-applicable' | 'crashed' {
  if (run.crash) return 'crashed'
  for (const state of ['fail', 'not-assessed', 'pass'] as const)
    if (run.verdicts.some((v) => v.state === state)) return state
  return 'not-applicable'
}
