import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { connectorOf } from '../../mailflow/receive-evidence'
import { and, contains, type IpRange, isTrue, known, knownPart, type ReceiveConnector } from '../../model'
import { ask, comment, list, replaceRanges, wizardRemark } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'remote-range-bare-zero',
  family: 'selection',
  question: 6,
  severities: ['medium'],
  needs: ['receiveConnectors'],
  optional: [],
  reads: { receiveConnectors: ['Enabled', 'RemoteIPRanges'] },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector#-remoteipranges',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** No host sends from it (RFC 1122, 3.2.1.3; RFC 4291, 2.5.2). */
const isUnspecified = (r: IpRange): boolean => r.lo === 0n && r.hi === 0n

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const value = and(isTrue(c.enabled), contains(c.remoteIPRanges, isUnspecified))
    if (value === 'yes') yield failure(c)
    else if (value === 'no') yield { state: 'pass', object: refOf(c) }
    else yield { state: 'not-assessed', object: refOf(c), missing: [connectorOf(c)] }
  }
}

function failure(c: ReceiveConnector): Fail {
  const ranges = knownPart(c.remoteIPRanges) ?? []
  const others = ranges.filter((r) => !isUnspecified(r)).length
  const shown = evidence(c.remoteIPRanges)
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: 'medium',
    confidence: 'likely',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(c)],
    params: { connector: c.id, range: ranges.find(isUnspecified)?.text ?? '', others },
    evidence: [shown],
    conditions: [
      { key: 'enabled', value: 'yes', evidence: evidence(c.enabled) },
      { key: 'zero', value: 'yes', evidence: shown },
    ],
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const meant = ask('remote-ranges', {
    en: 'The addresses that this connector is for, each in quotes, with commas between them',
    de: 'Die Adressen, für die dieser Connector gedacht ist, je in Anführungszeichen und durch Kommas getrennt',
  })
  const rest = (c: ReceiveConnector) =>
    (known(c.remoteIPRanges) ?? []).filter((r) => !isUnspecified(r)).map((r) => r.text)
  return replaceRanges(connectorsOfMembers(config, members), (c) => (rest(c).length > 0 ? list(rest(c)) : meant), [
    comment('Every IPv4 address would be 0.0.0.0-255.255.255.255. Name it only where strangers shall connect.'),
    wizardRemark,
  ])
}
