import { isPartnerType } from '../../mailflow/hybrid-connectors'
import { isForAllSenders, restrictsSenders } from '../../mailflow/lock-down'
import { exportOfObject } from '../../mailflow/missing'
import { mxLeadsTo, mxRecord } from '../../mailflow/mx'
import { refOf } from '../../mailflow/object-ref'
import { flagOf, listOf } from '../../mailflow/property-of'
import { nonEmpty } from '../../mailflow/receive-evidence'
import { failOn } from '../../mailflow/verdict-on'
import { and, type InboundConnector, isTrue, not, type Tri } from '../../model'
import { bool, objectsOf, setProperties } from '../../remediation'
import { defineRule, type EvidenceRef, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'partner-inbound-scope-too-broad',
  family: 'closed-mail',
  question: 5,
  severities: ['critical', 'medium'],
  needs: ['inboundConnectors'],
  optional: ['acceptedDomains'],
  reads: {
    inboundConnectors: [
      'Enabled',
      'ConnectorType',
      'SenderDomains',
      'RequireTls',
      'RestrictDomainsToCertificate',
      'RestrictDomainsToIPAddresses',
    ],
    acceptedDomains: ['DomainName'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/manage-mail-flow-using-third-party-cloud',
    'https://learn.microsoft.com/powershell/module/exchange/set-inboundconnector',
  ],
  frameworks: {},
  absorbs: [{ rule: 'partner-inbound-scope-conflict', same: 'organisation', when: isAboutLead }],
  check,
  fix,
})

/** The connector for everybody that it names is the lead's: as the lock that an exception has no effect on, or as the one with both flags. */
function isAboutLead(lead: Fail, conflict: Fail): boolean {
  const { kind, lock } = conflict.params
  return lead.objects[0].id === (kind === 'exception' ? lock : conflict.objects[0].id)
}

function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  const isCloud = mxLeadsTo(config, answers, 'exchange-online')
  for (const c of config.inboundConnectors) {
    const isBroad = and(isTrue(c.enabled), isPartnerType(c).value, isForAllSenders(c).value)
    const restricts = restrictsSenders(c).value
    const locksOut: Tri = and(isBroad, restricts, isCloud)
    const refusesPlain = and(isBroad, not(restricts), isTrue(flagOf(c, 'RequireTls')))
    if (locksOut === 'yes') yield failure(c, 'restricted', restrictsSenders(c).evidence)
    else if (refusesPlain === 'yes') yield failure(c, 'plain', [evidence(flagOf(c, 'RequireTls'))])
    else if (locksOut === 'no' && refusesPlain === 'no') yield { state: 'pass', object: refOf(c) }
    else {
      const onlyMx = isBroad === 'yes' && restricts === 'yes'
      yield { state: 'not-assessed', object: refOf(c), missing: [onlyMx ? mxRecord : exportOfObject(c)] }
    }
  }
}

function failure(c: InboundConnector, kind: 'restricted' | 'plain', proof: readonly EvidenceRef[]): Fail {
  const senders = listOf(c, 'SenderDomains')
  return failOn(c, {
    severity: kind === 'restricted' ? 'critical' : 'medium',
    confidence: 'likely',
    exposure: 'internet',
    params: { connector: c.id, kind, property: proof[0]?.property ?? '' },
    evidence: nonEmpty([...proof, evidence(senders)]),
    conditions: [
      { key: 'partner', value: 'yes', evidence: evidence(c.connectorType) },
      { key: 'all', value: 'yes', evidence: evidence(senders) },
      { key: kind, value: 'yes', ...(proof[0] ? { evidence: proof[0] } : {}) },
    ],
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const locked = new Set(members.filter((m) => m.params.kind === 'restricted').map((m) => m.objects[0].id))
  return setProperties(objectsOf(config.inboundConnectors, 'inboundConnector', members), {
    set: (c) => (locked.has(c.id) ? { Enabled: bool(false) } : { RequireTls: bool(false) }),
    alsoShow: ['SenderDomains', 'TlsSenderCertificateName', 'SenderIPAddresses'],
    effect: 'reconnect',
    minutes: 10,
  })
}
