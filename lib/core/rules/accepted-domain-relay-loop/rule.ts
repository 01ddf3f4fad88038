import { type DomainSide, ownershipOf } from '../../mailflow/accepted-domains'
import { type Lead, leadsToCloud, leadsToServers } from '../../mailflow/domain-routes'
import { saysWord } from '../../mailflow/hybrid-connectors'
import { exportOf } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { nonEmpty } from '../../mailflow/receive-evidence'
import { failOn } from '../../mailflow/verdict-on'
import { type AcceptedDomain, and, type Config, known, type Tri } from '../../model'
import { comment, setProperties, str } from '../../remediation'
import {
  type Answers,
  defineRule,
  evidence,
  type Fail,
  type Missing,
  type ObjectRef,
  type RuleContext,
  type Verdict,
} from '../define-rule'

export const rule = defineRule({
  id: 'accepted-domain-relay-loop',
  family: 'domains',
  question: 5,
  severities: ['high'],
  needs: ['acceptedDomains', 'sendConnectors', 'outboundConnectors'],
  optional: ['servers', 'edgeSubscriptions', 'hybridConfigurations', 'receiveConnectors'],
  reads: {
    acceptedDomains: ['DomainName', 'DomainType', 'MatchSubDomains'],
    sendConnectors: ['Enabled', 'AddressSpaces', 'SmartHosts', 'SourceTransportServers', 'IsScopedConnector'],
    outboundConnectors: [
      'Enabled',
      'ConnectorType',
      'RecipientDomains',
      'SmartHosts',
      'AllAcceptedDomains',
      'RouteAllMessagesViaOnPremises',
      'TestMode',
      'IsTransportRuleScoped',
    ],
    servers: ['ServerRole', 'Site'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/manage-accepted-domains/manage-accepted-domains',
    'https://learn.microsoft.com/exchange/mail-flow/accepted-domains/accepted-domains',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

const isRelay = (d: AcceptedDomain): Tri => saysWord(d.domainType, 'InternalRelay').value

type Counterpart = { readonly value: Tri; readonly domain: AcceptedDomain | undefined }

/** Is it an internal relay domain in Exchange Online too? */
function inCloud(config: Config, name: string): Counterpart {
  const owner = ownershipOf(config, 'exchange-online', name)
  if (owner.state === 'own') return { value: isRelay(owner.domain), domain: owner.domain }
  return { value: owner.state === 'foreign' && owner.whole === 'yes' ? 'no' : 'unknown', domain: undefined }
}

const isListed = (config: Config, side: DomainSide): boolean =>
  config.exports.some(
    (b) =>
      b.collection === 'acceptedDomains' &&
      (b.side === 'exchange-online') === (side === 'exchange-online') &&
      b.listing === 'all',
  )

function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  for (const d of config.acceptedDomains)
    if (d.side !== 'exchange-online' && d.side !== 'edge') yield judge(config, answers, d)
  for (const side of ['on-premises', 'exchange-online'] as const)
    if (!isListed(config, side)) yield { state: 'not-assessed', missing: [exportOf('acceptedDomains', side)] }
}

function judge(config: Config, answers: Answers, d: AcceptedDomain): Verdict {
  const object = refOf(d)
  const name = known(d.domainName)
  const here = isRelay(d)
  if (here === 'no') return { state: 'pass', object }
  if (here === 'unknown' || name === undefined)
    return { state: 'not-assessed', object, missing: [exportOf('acceptedDomains', 'on-premises')] }
  const cloud = inCloud(config, name)
  if (cloud.value === 'no') return { state: 'pass', object }
  const out = leadsToCloud(config, answers, name)
  if (out.value === 'no') return { state: 'pass', object }
  const back = leadsToServers(config, answers, name)
  const value = and(cloud.value, out.value, back.value)
  if (value === 'no') return { state: 'pass', object }
  if (value === 'yes' && cloud.domain) return failure(d, name, cloud.domain, out, back)
  const missing: readonly Missing[] = [
    ...(cloud.value === 'unknown' ? [exportOf('acceptedDomains', 'exchange-online')] : []),
    ...(out.value === 'unknown' ? out.missing : []),
    ...(back.value === 'unknown' ? back.missing : []),
  ]
  return { state: 'not-assessed', object, missing: nonEmpty(missing) }
}

function failure(d: AcceptedDomain, name: string, cloud: AcceptedDomain, out: Lead, back: Lead): Fail {
  const [outLine] = nonEmpty(out.because)
  const [backLine] = nonEmpty(back.because)
  const connector: ObjectRef = { kind: 'outboundConnector', id: back.id, server: null }
  return failOn(d, {
    key: name,
    severity: 'high',
    exposure: 'none',
    // The way out is not named: a rule that explains this one speaks of the way back.
    objects: [refOf(d), connector],
    params: { domain: name, out: out.connector, back: back.connector },
    evidence: [evidence(d.domainType), evidence(cloud.domainType), ...out.because, ...back.because],
    conditions: [
      { key: 'relay-here', value: 'yes', evidence: evidence(d.domainType) },
      { key: 'relay-there', value: 'yes', evidence: evidence(cloud.domainType) },
      { key: 'out', value: 'yes', evidence: outLine },
      { key: 'back', value: 'yes', evidence: backLine },
    ],
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const ids = new Set(members.map((m) => m.objects[0].id))
  const domains = config.acceptedDomains.filter(
    (d) => ids.has(d.id) && d.side !== 'exchange-online' && d.side !== 'edge',
  )
  return setProperties(domains, {
    set: () => ({ DomainType: str('Authoritative') }),
    alsoShow: ['DomainName'],
    before: [
      comment(
        'Every recipient of the domain must be known here first, those in Exchange Online as remote mailboxes: mail to others is refused.',
      ),
      comment('If the recipients are all known in Exchange Online instead, change the type there.'),
    ],
    effect: 'none',
    minutes: 15,
  })
}
