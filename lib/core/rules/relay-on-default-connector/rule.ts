import { defaultOf } from '../../defaults/receive-connectors'
import { type ConnectorKind, isBuiltIn, kindOf } from '../../mailflow/connector-kind'
import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { isOpenToStrangers } from '../../mailflow/firewall'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { anonRelayTri, externallySecured } from '../../mailflow/permissions'
import { takesAny } from '../../mailflow/ranges'
import { evidenceOf, exposureOf, missingFor, nonEmpty, relayEvidence, relaySids } from '../../mailflow/receive-evidence'
import { and, isTrue, or, type ReceiveConnector } from '../../model'
import {
  addRelayRight,
  backupConnector,
  backupPermissions,
  comment,
  fixOf,
  forEachObject,
  type Line,
  list,
  removeRelayRight,
  restoreConnector,
  setAccount,
  setConnector,
  showConnector,
  showRights,
  wizardRemark,
} from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'relay-on-default-connector',
  family: 'relay',
  question: 1,
  severities: ['critical', 'high'],
  needs: ['receiveConnectors'],
  optional: ['adPermissions'],
  reads: {
    receiveConnectors: ['Enabled', 'Bindings', 'RemoteIPRanges', 'AuthMechanism', 'PermissionGroups', 'TransportRole'],
    adPermissions: ['User', 'ExtendedRights', 'Deny', 'IsInherited'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/allow-anonymous-relay',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector',
  ],
  frameworks: { BSI: ['APP.5.2.A9', 'APP.5.3.A2'], STIG: ['V-259687', 'V-259622'], 'MITRE ATT&CK': ['T1672'] },
  absorbs: [
    { rule: 'relay-right-for-broad-principal', same: 'connector' },
    { rule: 'relay-range-contains-infrastructure', same: 'connector' },
    { rule: 'custom-permissions-unverified', same: 'connector' },
    { rule: 'anonymous-inbound-open', same: 'connector' },
    { rule: 'own-domain-spoofing-anonymous', same: 'connector' },
    { rule: 'log-anonymous-relay-observed', same: 'connector' },
    { rule: 'log-relay-right-unauthenticated', same: 'connector' },
  ],
  check,
  fix,
})

function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const kind = kindOf(config, c)
    const enabled = isTrue(c.enabled)
    if (kind === 'Custom') continue
    const secured = externallySecured(c)
    const relay = anonRelayTri(config, c)
    const trusts = or(secured, relay)
    const value = and(enabled, isBuiltIn(config, c), trusts)
    // Whether this is a built-in connector is open, and makes no difference.
    if (kind === 'unknown' && value === 'no') continue
    const object = refOf(c)
    if (value === 'yes') yield failure({ config, answers }, c, kind)
    else if (value === 'no') yield { state: 'pass', object }
    else
      yield {
        state: 'not-assessed',
        object,
        missing: missingFor(c, [enabled, secured, isBuiltIn(config, c)], trusts === 'yes' ? 'yes' : relay),
      }
  }
}

const facesOutside = (kind: ConnectorKind) => kind === 'DefaultFrontend' || kind === 'EdgeDefault'

function failure(
  { config, answers }: Pick<RuleContext, 'config' | 'answers'>,
  c: ReceiveConnector,
  kind: ConnectorKind,
): Fail {
  const secured = externallySecured(c)
  const relay = anonRelayTri(config, c)
  const proof = nonEmpty(relayEvidence(config, c))
  const [ranges] = evidenceOf(c.remoteIPRanges)
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: facesOutside(kind) ? 'critical' : 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: exposureOf(c),
    objects: [refOf(c)],
    params: {
      connector: c.id,
      mode: secured === 'yes' ? (relay === 'yes' ? 'both' : 'secured') : 'relay',
      any: takesAny(c),
    },
    evidence: [...proof, ...evidenceOf(c.permissionGroups, c.remoteIPRanges)],
    conditions: [
      { key: 'built-in', value: 'yes' },
      {
        key: 'secured',
        value: secured,
        ...(secured === 'yes' ? { evidence: proof[0] } : {}),
      },
      { key: 'relay-right', value: relay, ...(relay === 'yes' && secured !== 'yes' ? { evidence: proof[0] } : {}) },
      { key: 'any-address', value: takesAny(c), ...(ranges ? { evidence: ranges } : {}) },
      { key: 'reachable', value: isOpenToStrangers(answers) },
    ],
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const connectors = connectorsOfMembers(config, members)
  const secured = (c: ReceiveConnector) => externallySecured(c) === 'yes'
  const change = (c: ReceiveConnector): readonly Line[] => {
    const kind = kindOf(config, c)
    const back: readonly Line[] =
      secured(c) && kind !== 'Custom' && kind !== 'unknown'
        ? [
            comment('Both together: ExternalAuthoritative and ExchangeServers depend on each other.'),
            setConnector(c.id, {
              AuthMechanism: list(defaultOf(kind).authMechanism),
              PermissionGroups: list(defaultOf(kind).permissionGroups),
            }),
          ]
        : []
    return [...back, ...relaySids(config, c).flatMap((sid) => [setAccount(sid), removeRelayRight(c.id)])]
  }
  return fixOf({
    backup: forEachObject(connectors, (c) => [...backupConnector(c.id), ...backupPermissions(c.id)]),
    change: [
      comment('Hosts that relay through this connector today need a connector of their own first.'),
      ...forEachObject(connectors, change),
    ],
    check: [
      ...forEachObject(connectors, (c) => [
        showConnector(c.id, ['AuthMechanism', 'PermissionGroups']),
        ...relaySids(config, c).flatMap((sid) => [setAccount(sid), showRights(c.id)]),
      ]),
      wizardRemark,
    ],
    rollback: forEachObject(connectors, (c) => [
      ...(secured(c) ? restoreConnector(c, ['AuthMechanism', 'PermissionGroups']) : []),
      ...relaySids(config, c).flatMap((sid) => [setAccount(sid), addRelayRight(c.id)]),
    ]),
    effect: 'reconnect',
    minutes: 30,
    runsOn: connectors.every((c) => c.side === 'edge') ? 'edge' : 'exchange-management-shell',
  })
}
