import { senderPattern } from '../../mailflow/cloud-partner'
import { isPartnerType } from '../../mailflow/hybrid-connectors'
import { isListedWhole } from '../../mailflow/listing'
import { isForAllSenders, restrictsSenders } from '../../mailflow/lock-down'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { flagOf, listOf } from '../../mailflow/property-of'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { failOn } from '../../mailflow/verdict-on'
import { and, contains, type InboundConnector, isTrue, knownPart, not, or, type Tri } from '../../model'
import { bool, objectsOf, setProperties } from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'partner-inbound-scope-conflict',
  family: 'closed-mail',
  question: 6,
  severities: ['medium', 'low'],
  needs: ['inboundConnectors'],
  optional: [],
  reads: {
    inboundConnectors: [
      'Enabled',
      'ConnectorType',
      'SenderDomains',
      'RestrictDomainsToCertificate',
      'RestrictDomainsToIPAddresses',
    ],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-inboundconnector',
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/manage-mail-flow-using-third-party-cloud',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

const byCertificate = (c: InboundConnector) => flagOf(c, 'RestrictDomainsToCertificate')
const byAddress = (c: InboundConnector) => flagOf(c, 'RestrictDomainsToIPAddresses')
const isPartner = (c: InboundConnector): Tri => and(isTrue(c.enabled), isPartnerType(c).value)
const locks = (c: InboundConnector): Tri => and(isPartner(c), isForAllSenders(c).value, restrictsSenders(c).value)
/** Named domains that are let in without any proof: the exception that a restriction for everybody does not know. */
const isException = (c: InboundConnector): Tri =>
  and(
    isPartner(c),
    contains(listOf(c, 'SenderDomains'), () => true),
    not(isForAllSenders(c).value),
    not(restrictsSenders(c).value),
  )

function* check({ config }: RuleContext): Iterable<Verdict> {
  const lock = config.inboundConnectors.find((c) => locks(c) === 'yes')
  const isLocked: Tri = lock
    ? 'yes'
    : isListedWhole(config, 'inboundConnectors') === 'yes'
      ? or(...config.inboundConnectors.map(locks))
      : 'unknown'
  for (const c of config.inboundConnectors) {
    const both = and(isPartner(c), isTrue(byCertificate(c)), isTrue(byAddress(c)))
    const exception = and(isException(c), isLocked)
    if (exception === 'yes' && lock) yield exceptionTo(lock, c)
    else if (both === 'yes') yield bothFlags(c)
    else if (both === 'no' && exception === 'no') yield { state: 'pass', object: refOf(c) }
    else {
      const isOpen = both === 'unknown' || isException(c) === 'unknown'
      const missing = isOpen ? exportOfObject(c) : exportOf('inboundConnectors')
      yield { state: 'not-assessed', object: refOf(c), missing: [missing] }
    }
  }
}

function exceptionTo(lock: InboundConnector, c: InboundConnector): Fail {
  const senders = listOf(c, 'SenderDomains')
  const flags = evidenceOf(byCertificate(c), byAddress(c))
  return failOn(c, {
    variant: 'exception',
    severity: 'medium',
    exposure: 'none',
    params: { kind: 'exception', connector: c.id, lock: lock.id, domain: senderPattern(knownPart(senders)?.[0] ?? '') },
    evidence: nonEmpty([...evidenceOf(senders), ...flags, ...restrictsSenders(lock).evidence]),
    conditions: [
      { key: 'exception', value: 'yes', ...(flags[0] ? { evidence: flags[0] } : {}) },
      { key: 'lock', value: 'yes', ...first(restrictsSenders(lock).evidence) },
    ],
  })
}

const first = <T>([evidence]: readonly T[]) => (evidence ? { evidence } : {})

function bothFlags(c: InboundConnector): Fail {
  const flags = evidenceOf(byCertificate(c), byAddress(c))
  return failOn(c, {
    variant: 'both',
    severity: 'low',
    exposure: 'none',
    params: { kind: 'both', connector: c.id, lock: '', domain: '' },
    evidence: nonEmpty(flags),
    conditions: [{ key: 'both', value: 'yes', ...first(flags) }],
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  if (members[0].params.kind !== 'both') return null
  return setProperties(objectsOf(config.inboundConnectors, 'inboundConnector', members), {
    set: () => ({ RestrictDomainsToIPAddresses: bool(false) }),
    alsoShow: ['RestrictDomainsToCertificate', 'TlsSenderCertificateName', 'SenderIPAddresses'],
    effect: 'reconnect',
    minutes: 10,
  })
}
