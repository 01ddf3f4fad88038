import { isBuiltIn } from '../../mailflow/connector-kind'
import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { ANONYMOUS_LOGON, accessListSupplied, externallySecured, relayRows } from '../../mailflow/permissions'
import {
  countAddresses,
  knownRanges,
  publicParts,
  takesAny,
  takesFewSingleHosts,
  takesPublic,
  takesWide,
} from '../../mailflow/ranges'
import { connectorOf, evidenceOf, rangeParams } from '../../mailflow/receive-evidence'
import { and, type Config, formatIp, isTrue, type ReceiveConnector, tri } from '../../model'
import {
  addRelayRight,
  ask,
  backupConnector,
  backupPermissions,
  comment,
  fixOf,
  forEachObject,
  type Line,
  list,
  removeRelayRight,
  replaceRanges,
  restoreConnector,
  runsOnFor,
  setAccount,
  setConnector,
  showConnector,
  showRights,
} from '../../remediation'
import {
  type Answers,
  defineRule,
  evidence,
  type Fail,
  type RuleContext,
  type Severity,
  type Verdict,
} from '../define-rule'

/** A list of single hosts that a person can vouch for one by one. */
const HOSTS_CONFIRMED_MAX = 5
/** A gateway service has a handful of addresses; beyond this it is a network. */
const PUBLIC_HOSTS_MAX = 16n

export const rule = defineRule({
  id: 'externally-secured-connector',
  family: 'relay',
  question: 2,
  severities: ['critical', 'high', 'medium', 'info'],
  needs: ['receiveConnectors'],
  optional: [],
  reads: {
    receiveConnectors: ['Enabled', 'Bindings', 'RemoteIPRanges', 'AuthMechanism', 'PermissionGroups', 'TransportRole'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/allow-anonymous-relay',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector',
  ],
  frameworks: { BSI: ['APP.5.2.A9', 'APP.5.3.A2'], STIG: ['V-259687', 'V-259622'], 'MITRE ATT&CK': ['T1672'] },
  absorbs: [
    { rule: 'relay-range-contains-infrastructure', same: 'connector' },
    { rule: 'custom-permissions-unverified', same: 'connector' },
    { rule: 'log-anonymous-relay-observed', same: 'connector' },
    { rule: 'log-relay-right-unauthenticated', same: 'connector' },
  ],
  check,
  fix,
})

function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    const value = and(enabled, tri(isBuiltIn(config, c) !== 'yes'), externallySecured(c))
    if (value === 'yes') yield failure(c, answers)
    else if (value === 'no') yield { state: 'pass', object: refOf(c) }
    else yield { state: 'not-assessed', object: refOf(c), missing: [connectorOf(c)] }
  }
}

function severityOf(c: ReceiveConnector, answers: Answers): Severity {
  const outside = countAddresses(publicParts(knownRanges(c.remoteIPRanges).ranges))
  if (takesAny(c) === 'yes' || outside > PUBLIC_HOSTS_MAX) return 'critical'
  if (outside > 0n || takesWide(c) === 'yes') return 'high'
  return allConfirmed(c, answers) ? 'info' : 'medium'
}

function allConfirmed(c: ReceiveConnector, answers: Answers): boolean {
  if (takesFewSingleHosts(c, HOSTS_CONFIRMED_MAX) !== 'yes') return false
  return knownRanges(c.remoteIPRanges).ranges.every((r) => answers[`confirmed:${formatIp(r.family, r.lo)}`] === 'yes')
}

const reaches = {
  critical: 'internet',
  high: 'partner',
  medium: 'internal',
  low: 'internal',
  info: 'internal',
} as const

function failure(c: ReceiveConnector, answers: Answers): Fail {
  const severity = severityOf(c, answers)
  const { whole } = knownRanges(c.remoteIPRanges)
  const open = takesPublic(c)
  const [ranges] = evidenceOf(c.remoteIPRanges)
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity,
    confidence: 'proven',
    proof: 'configuration',
    exposure: open === 'yes' ? reaches[severity] : 'internal',
    objects: [refOf(c)],
    params: {
      connector: c.id,
      reach: takesAny(c) === 'yes' ? 'any' : open === 'yes' ? 'public' : 'private',
      ...rangeParams(c),
      ...(takesAny(c) === 'yes' ? { scope: 'any' } : {}),
    },
    evidence: [evidence(c.authMechanism), ...evidenceOf(c.permissionGroups, c.remoteIPRanges)],
    conditions: [
      { key: 'secured', value: 'yes', evidence: evidence(c.authMechanism) },
      { key: 'public', value: open, ...(ranges ? { evidence: ranges } : {}) },
      { key: 'wide', value: takesWide(c), ...(ranges ? { evidence: ranges } : {}) },
      { key: 'confirmed', value: allConfirmed(c, answers) ? 'yes' : 'unknown' },
    ],
    ...(whole || severity === 'critical' ? {} : { couldRaise: [connectorOf(c)] }),
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const connectors = connectorsOfMembers(config, members)
  // Whatever else they are allowed, a network or the Internet is allowed too: narrow the ranges first.
  const isNetwork = members.some((m) => m.severity === 'critical') || connectors.some((c) => takesWide(c) === 'yes')
  if (isNetwork) {
    const hosts = ask('trusted-hosts', {
      en: 'Addresses of the hosts that are trusted, each in quotes, with commas between them',
      de: 'Adressen der Hosts, denen vertraut wird, je in Anführungszeichen und durch Kommas getrennt',
    })
    return replaceRanges(connectors, () => hosts)
  }
  return asAnonymous(config, connectors)
}

/** Anonymous senders in their place. Internal hosts keep the right to relay; nobody at a public address gets it. */
function asAnonymous(config: Config, connectors: readonly ReceiveConnector[]) {
  const mayRelay = (c: ReceiveConnector) => takesPublic(c) === 'no'
  const hasRight = (c: ReceiveConnector) => relayRows(config, c).some((row) => row.sid === ANONYMOUS_LOGON)
  /** What is there already stays, and is not taken by a rollback either. */
  const withChange = (c: ReceiveConnector, lines: (give: boolean) => readonly Line[]): readonly Line[] =>
    mayRelay(c) === hasRight(c) ? [] : [setAccount(ANONYMOUS_LOGON), ...lines(mayRelay(c))]
  const unseen = (c: ReceiveConnector): readonly Line[] =>
    accessListSupplied(config, c)
      ? []
      : [comment('Leave the next line out where the saved permissions hold this right.')]
  return fixOf({
    backup: forEachObject(connectors, (c) => [...backupConnector(c.id), ...backupPermissions(c.id)]),
    change: [
      comment(
        'Mail from these hosts no longer counts as internal: groups that accept only internal senders refuse it.',
      ),
      ...forEachObject(connectors, (c) => [
        ...(mayRelay(c) ? [] : [comment('These hosts may then deliver to your own domains, and no longer relay.')]),
        setConnector(c.id, { AuthMechanism: list(['Tls']), PermissionGroups: list(['AnonymousUsers']) }),
        ...withChange(c, (give) => [give ? addRelayRight(c.id) : removeRelayRight(c.id)]),
      ]),
    ],
    check: forEachObject(connectors, (c) => [
      showConnector(c.id, ['AuthMechanism', 'PermissionGroups']),
      ...withChange(c, () => [showRights(c.id)]),
    ]),
    rollback: forEachObject(connectors, (c) => [
      ...withChange(c, (give) => (give ? [...unseen(c), removeRelayRight(c.id)] : [addRelayRight(c.id)])),
      ...restoreConnector(c, ['AuthMechanism', 'PermissionGroups']),
    ]),
    effect: 'reconnect',
    minutes: 30,
    runsOn: runsOnFor(connectors),
  })
}
