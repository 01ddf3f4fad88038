import { accessListOf, EVERYONE, grants } from '../../mailflow/access-list'
import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { ANONYMOUS_LOGON, accessListSupplied } from '../../mailflow/permissions'
import { accessListFor, connectorOf, exposureOf, nonEmpty, rowEvidence } from '../../mailflow/receive-evidence'
import { presetGives, rightNames } from '../../mailflow/rights'
import {
  type AdPermission,
  and,
  type Config,
  contains,
  isTrue,
  not,
  or,
  type ReceiveConnector,
  type Tri,
} from '../../model'
import { comment, revokeRights } from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'header-trust-granted',
  family: 'relay',
  question: 2,
  severities: ['critical', 'high'],
  needs: ['receiveConnectors', 'adPermissions'],
  optional: [],
  reads: {
    receiveConnectors: ['Enabled', 'RemoteIPRanges'],
    adPermissions: ['User', 'ExtendedRights', 'Deny', 'IsInherited', 'AccessRights'],
  },
  references: [
    'https://learn.microsoft.com/exchange/header-firewall-exchange-2013-help',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
  ],
  frameworks: { BSI: ['APP.5.2.A9'] },
  absorbs: [],
  check,
  fix,
})

/** The rights that let a sender say of himself that he is internal, as Exchange spells them. */
const trusting = {
  organizationHeaders: 'ms-Exch-Accept-Headers-Organization',
  forestHeaders: 'ms-Exch-Accept-Headers-Forest',
  authenticationFlag: 'ms-Exch-SMTP-Accept-Authentication-Flag',
} as const
type Trusting = keyof typeof trusting
const trustingRights = Object.keys(trusting) as readonly Trusting[]

const isAnybody = (row: AdPermission): boolean => row.sid === ANONYMOUS_LOGON || row.sid === EVERYONE

/** Full control counts for anybody only: administrators have it everywhere, and it is no right of a session by its name. */
const allows = (row: AdPermission, name: string): Tri =>
  isAnybody(row)
    ? grants(row, name)
    : and(
        contains(row.extendedRights, (r) => r.toLowerCase() === name),
        not(isTrue(row.deny)),
      )

const isStray = (row: AdPermission, right: Trusting): Tri =>
  and(allows(row, rightNames[right]), not(isTrue(row.isInherited)), not(presetGives(row, right)))

type Stray = { readonly row: AdPermission; readonly rights: readonly Trusting[] }

const straysOf = (config: Config, c: ReceiveConnector): readonly Stray[] =>
  accessListOf(config, c).flatMap((row) => {
    const rights = trustingRights.filter((right) => isStray(row, right) === 'yes')
    return rights.length > 0 ? [{ row, rights }] : []
  })

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    const found = or(...accessListOf(config, c).flatMap((row) => trustingRights.map((right) => isStray(row, right))))
    const stray: Tri = found === 'no' && !accessListSupplied(config, c) ? 'unknown' : found
    const value = and(enabled, stray)
    const object = refOf(c)
    if (value === 'yes') yield failure(config, c)
    else if (value === 'no') yield { state: 'pass', object }
    else yield { state: 'not-assessed', object, missing: [stray === 'unknown' ? accessListFor(c) : connectorOf(c)] }
  }
}

function failure(config: Config, c: ReceiveConnector): Fail {
  const strays = [...straysOf(config, c)].sort((a, b) => Number(isAnybody(b.row)) - Number(isAnybody(a.row)))
  const proof = nonEmpty(strays.flatMap((s) => rowEvidence(s.row)))
  const anybody = strays.some((s) => isAnybody(s.row))
  const users = [...new Set(strays.map((s) => s.row.user))]
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: anybody ? 'critical' : 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: exposureOf(c),
    objects: [refOf(c)],
    params: {
      connector: c.id,
      who: anybody ? 'anybody' : 'account',
      accounts: users.slice(0, 3).join(', ') + (users.length > 3 ? ', …' : ''),
      rights: trustingRights
        .filter((r) => strays.some((s) => s.rights.includes(r)))
        .map((r) => trusting[r])
        .join(', '),
    },
    evidence: proof,
    conditions: [
      { key: 'right', value: 'yes', evidence: proof[0] },
      { key: 'no-preset', value: 'yes' },
      { key: 'anybody', value: anybody ? 'yes' : 'no' },
    ],
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return revokeRights(
    connectorsOfMembers(config, members),
    (c) => straysOf(config, c).map(({ row, rights }) => ({ row, rights: rights.map((r) => trusting[r]) })),
    [comment('A link between two forests may rest on this: then mail from there counts as external from now on.')],
  )
}
