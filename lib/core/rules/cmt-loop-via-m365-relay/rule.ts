import { firstOf } from '../../mailflow/certificate-usage'
import { certificateUses } from '../../mailflow/certificate-uses'
import { attribute } from '../../mailflow/cloud-attribution'
import { namesOf } from '../../mailflow/cloud-inbound'
import { allOf, anyOf, type Fact, fact } from '../../mailflow/fact'
import { cmtOn } from '../../mailflow/hybrid'
import { relaySend, sendConnectorsOf } from '../../mailflow/hybrid-connectors'
import { hybridPairReads } from '../../mailflow/hybrid-outbound'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { nonEmpty } from '../../mailflow/receive-evidence'
import {
  and,
  type Certificate,
  type Config,
  isTrue,
  isUnset,
  knownPart,
  not,
  or,
  type SendConnector,
  type Tri,
} from '../../model'
import { bool, comment, nothing, objectsOf, setProperties } from '../../remediation'
import { defineRule, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'cmt-loop-via-m365-relay',
  family: 'exo-outbound',
  question: 5,
  severities: ['critical', 'medium'],
  needs: ['outboundConnectors', 'sendConnectors'],
  optional: ['inboundConnectors', 'certificates', 'acceptedDomains'],
  reads: {
    outboundConnectors: [...hybridPairReads, 'RouteAllMessagesViaOnPremises', 'TestMode', 'IsTransportRuleScoped'],
    sendConnectors: ['Enabled', 'AddressSpaces', 'SmartHosts', 'SourceTransportServers', 'TlsCertificateName'],
    inboundConnectors: ['Enabled', 'ConnectorType', 'TlsSenderCertificateName', 'SenderIPAddresses'],
    certificates: ['Subject', 'Issuer', 'CertificateDomains', 'NotBefore', 'NotAfter', 'Status', 'HasPrivateKey'],
    acceptedDomains: ['DomainName'],
  },
  references: [
    'https://learn.microsoft.com/exchange/transport-options',
    'https://learn.microsoft.com/troubleshoot/exchange/email-delivery/ndr/fix-error-code-5-4-6-through-5-4-20-in-exchange-online',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** An enabled send connector that hands everything over to Exchange Online. */
const isRelay = (s: SendConnector): Fact => allOf([fact(isTrue(s.enabled), s.enabled), relaySend(s)])

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  const cmt = cmtOn(config)
  const relays = sendConnectorsOf(config).filter((s) => isRelay(s).value === 'yes')
  const found = or(...sendConnectorsOf(config).map((s) => isRelay(s).value))
  const relay = found === 'no' && isListedWhole(config, 'sendConnectors') !== 'yes' ? 'unknown' : found
  const [first, ...rest] = relays
  // Without a relay nothing can go in circles, whether centralized transport is on or not.
  if (relay === 'no') yield { state: 'pass' }
  else if (cmt.value === 'no') return
  else if (first === undefined) yield { state: 'not-assessed', missing: [exportOf('sendConnectors')] }
  else if (cmt.value === 'unknown') yield { state: 'not-assessed', missing: [exportOf('outboundConnectors')] }
  else yield failure(config, asOf, cmt, [first, ...rest])
}

/** Does Exchange Online recognise a message of a stranger that comes with the certificate as one of the own servers? */
function isRecognised(config: Config, c: Certificate): Tri {
  const { names, whole } = namesOf(c)
  const session = {
    peerNames: names,
    encrypted: 'yes',
    address: null,
    senderDomain: undefined,
    trusted: not(isTrue(c.isSelfSigned)),
  } as const
  const { path } = attribute(config, session)
  if (path === 'unknown') return 'unknown'
  if (path !== 'C') return 'yes'
  return whole && isListedWhole(config, 'inboundConnectors') === 'yes' ? 'no' : 'unknown'
}

/** Is what the connector sends back recognised, from each of its servers? no as soon as one is not. */
function comesHome(config: Config, asOf: Date, s: SendConnector): Tri {
  const uses = certificateUses(config, asOf).filter((u) => u.connector === s)
  const answers = uses.map((u): Tri => {
    const picked = u.picked.map((c) => isRecognised(config, c))
    const [one] = picked
    return one !== undefined && u.missing === null && picked.every((p) => p === one) ? one : 'unknown'
  })
  const all = uses.length > 0 && s.sourceTransportServers.state === 'ok'
  return and(...answers, all ? 'yes' : 'unknown')
}

function failure(config: Config, asOf: Date, cmt: Fact, relays: readonly [SendConnector, ...SendConnector[]]): Fail {
  const home = and(...relays.map((s) => comesHome(config, asOf, s)))
  const relay = anyOf(relays.map(isRelay))
  const couldRaise: readonly Missing[] =
    home === 'unknown' ? [exportOf('inboundConnectors'), exportOf('certificates')] : []
  return {
    state: 'fail',
    key: '',
    side: 'on-premises',
    severity: home === 'no' ? 'critical' : 'medium',
    confidence: 'likely',
    proof: 'inferred',
    exposure: 'none',
    objects: [refOf(relays[0]), ...relays.slice(1).map(refOf)],
    params: {
      connector: relays[0].id,
      host: knownPart(relays[0].smartHosts)?.[0] ?? '',
      home,
    },
    evidence: nonEmpty([...relay.evidence.slice(0, 6), ...cmt.evidence.slice(-2)]),
    conditions: [
      { key: 'centralized', value: 'yes', ...firstOf(cmt.evidence.slice(-1)) },
      { key: 'relays', value: 'yes', ...firstOf(relay.evidence.slice(-1)) },
      { key: 'not-recognised', value: not(home) },
    ],
    ...(couldRaise.length > 0 ? { couldRaise } : {}),
  }
}

/** What the connector asks of Exchange Online, no other host on the Internet can give. */
function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return setProperties(objectsOf(config.sendConnectors, 'sendConnector', members), {
    before: [
      comment(
        'The servers send to the Internet themselves then: port 25 outward, SPF and a PTR record have to be ready for that.',
      ),
      comment(
        'If that is not wanted, switch centralized mail transport off with the Hybrid Configuration Wizard instead.',
      ),
    ],
    set: (s) => ({
      SmartHosts: nothing,
      DNSRoutingEnabled: bool(true),
      ...(isTrue(s.requireTLS) === 'yes' ? { RequireTLS: bool(false) } : {}),
      ...(isUnset(s.tlsAuthLevel) === 'no' ? { TlsAuthLevel: nothing } : {}),
      ...(isUnset(s.tlsDomain) === 'no' ? { TlsDomain: nothing } : {}),
      ...(isTrue(s.cloudServicesMailEnabled) === 'yes' ? { CloudServicesMailEnabled: bool(false) } : {}),
    }),
    alsoShow: ['AddressSpaces', 'Enabled'],
    effect: 'reconnect',
    minutes: 60,
  })
}
