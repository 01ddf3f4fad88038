import { serverKey } from '../mailflow/server-names'
import { type Absorption, type Fail, type Rule, type Same, severities } from '../rules/define-rule'

/** Failures of one rule that are one finding: same side, key and variant. */
export type Group = { readonly id: string; readonly rule: Rule; readonly members: readonly Member[] }
export type Member = { readonly fail: Fail; readonly group: () => Group }

/** What stays of a group, or what went under a lead. Absorbed parts name the group that leads them. */
export type Part = {
  readonly group: Group
  readonly members: readonly [Member, ...Member[]]
  readonly lead: Group | null
}

const connectorKinds = new Set(['receiveConnector', 'sendConnector', 'inboundConnector', 'outboundConnector'])
const domainKinds = new Set(['acceptedDomain', 'remoteDomain', 'domain'])

/** What two failures must share, as keys. None: the failure has nothing of that sort. */
function reachKeys(fail: Fail, same: Same): readonly string[] {
  const ids = (kinds: ReadonlySet<string>) =>
    fail.objects.filter((o) => kinds.has(o.kind)).map((o) => `${o.kind} ${o.id.toLowerCase()}`)
  switch (same) {
    case 'connector':
      return ids(connectorKinds)
    case 'connector-pair': {
      const pair = ids(connectorKinds)
      return pair.length > 1 ? [[...pair].sort().join(' & ')] : []
    }
    case 'certificate':
      return ids(new Set(['certificate']))
    case 'domain':
      return ids(domainKinds)
    case 'server':
      return fail.objects.flatMap((o) => (o.server === null ? [] : [serverKey(o.server)]))
    case 'organisation':
      return ['']
  }
}

const rank = (f: Fail) => severities.indexOf(f.severity)

/**
 * One cause, one finding: a failure goes under the rule that names it in `absorbs`, where both speak of the same thing. Only the
 * members in reach of the lead go; the others stay. Transitive: the lead is the one that nothing absorbs.
 */
export function applyPrecedence(groups: readonly Group[]): readonly Part[] {
  const byRule = new Map<string, Member[]>()
  for (const g of groups) {
    const members = byRule.get(g.rule.id) ?? []
    members.push(...g.members)
    byRule.set(g.rule.id, members)
  }
  const absorber = new Map<Member, Member>()
  const leadRules = [...new Set(groups.map((g) => g.rule))].filter((r) => r.absorbs.length > 0)
  for (const rule of leadRules)
    for (const { rule: absorbed, same, when } of rule.absorbs) {
      const leads = indexBy(byRule.get(rule.id) ?? [], same)
      for (const member of byRule.get(absorbed) ?? []) {
        const lead = leadOf(member, leads, reachKeys(member.fail, same), when)
        const present = absorber.get(member)
        if (lead && (!present || rank(lead.fail) < rank(present.fail))) absorber.set(member, lead)
      }
    }
  return groups.flatMap((g) => partsOf(g, (m) => rootOf(m, absorber)))
}

type Leads = ReadonlyMap<string, readonly Member[]>

function indexBy(members: readonly Member[], same: Same): Leads {
  const index = new Map<string, Member[]>()
  for (const m of members)
    for (const key of reachKeys(m.fail, same)) {
      const at = index.get(key)
      if (at) at.push(m)
      else index.set(key, [m])
    }
  return index
}

/** The lead of a failure: everything that the failure is about must be led, and the first of it by whom `when` lets it. */
function leadOf(member: Member, leads: Leads, keys: readonly string[], when: Absorption['when']): Member | undefined {
  const fits = (lead: Member) => lead !== member && (when === undefined || when(lead.fail, member.fail))
  const found = keys.map((k) => leads.get(k)?.find(fits))
  return found.every((lead) => lead !== undefined) ? found[0] : undefined
}

function rootOf(member: Member, absorber: ReadonlyMap<Member, Member>): Group | null {
  const seen = new Set<Member>()
  let at = member
  for (let next = absorber.get(at); next; next = absorber.get(at)) {
    if (seen.has(next)) throw new Error(`Rules absorb each other in a circle: ${next.group().rule.id}`)
    seen.add(next)
    at = next
  }
  return at === member ? null : at.group()
}

function partsOf(group: Group, rootFor: (m: Member) => Group | null): readonly Part[] {
  const parts = new Map<Group | null, [Member, ...Member[]]>()
  for (const m of group.members) {
    const lead = rootFor(m)
    const part = parts.get(lead)
    if (part) part.push(m)
    else parts.set(lead, [m])
  }
  return [...parts].map(([lead, members]) => ({ group, members, lead }))
}
