import { allOf, anyOf, type Fact, fact } from '../../mailflow/fact'
import { hasFeature, hybridEvidenceReads, hybridRecv } from '../../mailflow/hybrid'
import { isHybridPair, sendConnectorsOf, servesRoutingDomain } from '../../mailflow/hybrid-connectors'
import { enabledAnd } from '../../mailflow/hybrid-send'
import { serversWithoutConnectors } from '../../mailflow/known-servers'
import { areOutboundListed, isListedWhole } from '../../mailflow/listing'
import { exportOf } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { type CollectionName, type Config, type HybridConfiguration, isTrue, not, type Tri } from '../../model'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-configuration-without-connectors',
  family: 'hybrid-send',
  question: 4,
  severities: ['high'],
  needs: ['hybridConfigurations'],
  optional: ['sendConnectors', 'receiveConnectors', 'inboundConnectors', 'outboundConnectors', 'servers'],
  reads: {
    ...hybridEvidenceReads,
    sendConnectors: ['Enabled', 'AddressSpaces'],
    hybridConfigurations: ['Features', 'ReceivingTransportServers', 'EdgeTransportServers'],
    servers: ['ServerRole'],
  },
  references: [
    'https://learn.microsoft.com/exchange/hybrid-deployment/hybrid-configuration-wizard',
    'https://learn.microsoft.com/exchange/transport-routing',
  ],
  frameworks: {},
  absorbs: [
    { rule: 'hybrid-send-connector-missing', same: 'organisation', when: (lead) => lacks(lead, 'send') },
    { rule: 'hybrid-receive-capability-missing', same: 'organisation', when: (lead) => lacks(lead, 'receive') },
    { rule: 'exo-inbound-hybrid-missing', same: 'organisation', when: (lead) => lacks(lead, 'in') },
    { rule: 'exo-outbound-hybrid-missing', same: 'organisation', when: (lead) => lacks(lead, 'out') },
    { rule: 'exo-outbound-recipient-domain-gap', same: 'organisation', when: (lead) => lacks(lead, 'out') },
  ],
  check,
  fix: () => null,
})

/** The four things of which the wizard makes one each. */
type Part = 'send' | 'receive' | 'in' | 'out'

/** Only what is among the absent ones has its cause here. */
const lacks = (lead: Fail, part: Part): boolean => lead.params[part] === 'absent'

type Answer = { readonly part: Part; readonly collection: CollectionName; readonly absent: Tri }

/** Absent needs a whole listing: without one it is open. */
const absentFrom = (found: Fact, whole: boolean): Tri => (found.value === 'no' && !whole ? 'unknown' : not(found.value))

function answersOf(config: Config): readonly Answer[] {
  const isWhole = (collection: CollectionName) => isListedWhole(config, collection) === 'yes'
  const receive = config.receiveConnectors.map((c) => allOf([hybridRecv(c), fact(isTrue(c.enabled), c.enabled)]))
  const allServers = isWhole('receiveConnectors') && serversWithoutConnectors(config).length === 0
  return [
    {
      part: 'send',
      collection: 'sendConnectors',
      absent: absentFrom(
        anyOf(sendConnectorsOf(config).map((s) => enabledAnd(s, servesRoutingDomain))),
        isWhole('sendConnectors'),
      ),
    },
    { part: 'receive', collection: 'receiveConnectors', absent: absentFrom(anyOf(receive), allServers) },
    {
      part: 'in',
      collection: 'inboundConnectors',
      absent: absentFrom(anyOf(config.inboundConnectors.map(isHybridPair)), isWhole('inboundConnectors')),
    },
    {
      part: 'out',
      collection: 'outboundConnectors',
      absent: absentFrom(
        anyOf(config.outboundConnectors.map(isHybridPair)),
        areOutboundListed(config, ['plain', 'test-mode']) === 'yes',
      ),
    },
  ]
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const h of config.hybridConfigurations) {
    const secure = hasFeature(h, 'SecureMail')
    if (secure.value === 'no') continue
    const answers = answersOf(config)
    const of = (value: Tri) => answers.filter((a) => a.absent === value)
    if (secure.value === 'unknown')
      yield { state: 'not-assessed', object: refOf(h), missing: [exportOf('hybridConfigurations')] }
    else if (of('yes').length >= 2) yield failure(h, secure, answers)
    else if (of('no').length >= 3) yield { state: 'pass', object: refOf(h) }
    else
      yield {
        state: 'not-assessed',
        object: refOf(h),
        missing: nonEmpty(of('unknown').map((a) => exportOf(a.collection))),
      }
  }
}

function failure(h: HybridConfiguration, secure: Fact, answers: readonly Answer[]): Fail {
  const state = (part: Part) => {
    const found = answers.find((a) => a.part === part)?.absent
    return found === 'yes' ? 'absent' : found === 'no' ? 'present' : 'unknown'
  }
  return {
    state: 'fail',
    key: '',
    side: 'on-premises',
    severity: 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(h)],
    params: {
      absent: answers.filter((a) => a.absent === 'yes').length,
      send: state('send'),
      receive: state('receive'),
      in: state('in'),
      out: state('out'),
    },
    evidence: nonEmpty([...secure.evidence, ...evidenceOf(h.receivingTransportServers)]),
    conditions: [
      { key: 'secure-mail', value: 'yes', ...(secure.evidence[0] ? { evidence: secure.evidence[0] } : {}) },
      ...answers.map((a) => ({ key: `no-${a.part}`, value: a.absent })),
    ],
  }
}
