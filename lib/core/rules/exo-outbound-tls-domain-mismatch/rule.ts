import {
  exchangeOnlineCidrs,
  exchangeOnlineRanges,
  exchangeOnlineRangesAreStale,
} from '../../defaults/exchange-online-ranges'
import { areDomainsListed, certificateDomainFit } from '../../mailflow/accepted-domains'
import { bearsTlsDomain, certificateNames } from '../../mailflow/certificate-selection'
import { firstOf } from '../../mailflow/certificate-usage'
import { certificateUses, type Use } from '../../mailflow/certificate-uses'
import { winsWithin } from '../../mailflow/connector-selection'
import { connectorsOf } from '../../mailflow/connectors-of'
import { normHost } from '../../mailflow/exchange-online-names'
import { allOf, type Fact } from '../../mailflow/fact'
import { strongHybridEvidence } from '../../mailflow/hybrid'
import { isHybridPair, saysWord } from '../../mailflow/hybrid-connectors'
import { hybridPairReads, isInTestMode, receivingServers, smartHostsOf } from '../../mailflow/hybrid-outbound'
import { areOutboundListed, isListedWhole } from '../../mailflow/listing'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { textOf } from '../../mailflow/property-of'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { isPublicHost } from '../../mailflow/send-hosts'
import {
  and,
  type Certificate,
  type Config,
  known,
  knownPart,
  not,
  type OutboundConnector,
  or,
  type ReceiveConnector,
  type Tri,
} from '../../model'
import { ask, comment, setProperties, str } from '../../remediation'
import { defineRule, type Fail, type Missing, type ObjectRef, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-outbound-tls-domain-mismatch',
  family: 'exo-outbound',
  question: 4,
  severities: ['critical', 'high'],
  needs: ['outboundConnectors', 'receiveConnectors', 'certificates'],
  optional: ['hybridConfigurations', 'servers', 'edgeSubscriptions', 'acceptedDomains'],
  reads: {
    outboundConnectors: [...hybridPairReads, 'TlsSettings', 'TlsDomain', 'SmartHosts', 'TestMode'],
    receiveConnectors: [
      'Enabled',
      'Bindings',
      'RemoteIPRanges',
      'AuthMechanism',
      'TlsCertificateName',
      'Fqdn',
      'TransportRole',
    ],
    certificates: [
      'Subject',
      'Issuer',
      'CertificateDomains',
      'NotBefore',
      'NotAfter',
      'Status',
      'IsSelfSigned',
      'HasPrivateKey',
    ],
    hybridConfigurations: ['EdgeTransportServers', 'ReceivingTransportServers', 'OnPremisesSmartHost'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-outboundconnector#-tlsdomain',
    'https://learn.microsoft.com/exchange/transport-routing',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

const asksForName = (c: OutboundConnector): Fact =>
  allOf([isHybridPair(c), saysWord(textOf(c, 'TlsSettings'), 'DomainValidation')])

/** Connectors that ask the servers for a name: of several those that lead to the smart host of this organisation, or of that server's. */
function asking(config: Config, server?: string): readonly OutboundConnector[] {
  const all = config.outboundConnectors.filter((c) => asksForName(c).value !== 'no' && isInTestMode(c).value !== 'yes')
  const hosts = smartHostsOf(config, server)
  const own = all.filter((c) => knownPart(c.smartHosts)?.some((h) => hosts.includes(normHost(h))))
  return own.length > 0 ? own : all
}

/** What a server shows to Exchange Online. `none`: no certificate at all, which is another rule's matter. */
type Shown =
  | { readonly state: 'shown'; readonly uses: readonly Use[] }
  | { readonly state: 'none' }
  | { readonly state: 'unknown'; readonly missing: Missing }

function shownBy(config: Config, asOf: Date, server: string, side: 'edge' | 'on-premises'): Shown {
  const listing: Shown = { state: 'unknown', missing: exportOf('receiveConnectors', side, [server]) }
  const connectors = connectorsOf(config, server)
  if (isListedWhole(config, 'receiveConnectors', server) !== 'yes') return listing
  const wins = connectors.map((c) => ({ c, value: winsWithin(config, c, 25, exchangeOnlineCidrs) }))
  if (wins.some((w) => w.value === 'unknown')) return listing
  const winners = new Set<unknown>(wins.flatMap((w) => (w.value === 'yes' ? [w.c] : [])))
  // With an old list of addresses it is not certain that only these answer.
  if (exchangeOnlineRangesAreStale(asOf) && connectors.length > winners.size) return listing
  const uses = certificateUses(config, asOf).filter((u) => winners.has(u.connector))
  const open = uses.flatMap((u) => u.missing ?? [])[0]
  if (open) return { state: 'unknown', missing: open }
  const shown = uses.filter((u) => u.picked.length > 0)
  return shown.length > 0 ? { state: 'shown', uses: shown } : { state: 'none' }
}

/** Does a certificate satisfy the connector? unknown where it is open which of several is shown, and they differ. */
function satisfies(c: OutboundConnector, u: Use): Tri {
  const name = known(c.tlsDomain)
  if (name === undefined) return 'unknown'
  const answers = u.picked.map((x) => bearsTlsDomain(x, name))
  const [one] = answers
  return one !== undefined && answers.every((a) => a === one) ? one : 'unknown'
}

type Answer = {
  readonly server: string
  readonly fits: Tri | 'none'
  readonly missing: Missing
  readonly uses: readonly Use[]
}

function answerOf(config: Config, asOf: Date, connectors: readonly OutboundConnector[], server: string): Answer {
  const { side } = receivingServers(config)
  const certificates = exportOf('certificates', side, [server])
  const shown = shownBy(config, asOf, server, side)
  if (shown.state === 'unknown') return { server, fits: 'unknown', missing: shown.missing, uses: [] }
  if (shown.state === 'none') return { server, fits: 'none', missing: certificates, uses: [] }
  const byConnector = connectors.map((c) => and(...shown.uses.map((u) => satisfies(c, u))))
  // Connectors of several forests ask for different names: what fits one and not the other is open.
  const [one] = byConnector
  const fits = one !== undefined && byConnector.every((v) => v === one) ? one : 'unknown'
  const isMixed = byConnector.includes('yes') && byConnector.includes('no')
  return { server, fits, missing: isMixed ? exportOf('hybridConfigurations') : certificates, uses: shown.uses }
}

const serverRef = (server: string): ObjectRef => ({ kind: 'server', id: server, server })

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  const connectors = asking(config)
  const open = connectors.find((c) => asksForName(c).value === 'unknown' || known(c.tlsDomain) === undefined)
  if (connectors.length === 0) {
    const none = or(areOutboundListed(config, ['plain']), not(strongHybridEvidence(config).value))
    if (none !== 'yes') yield { state: 'not-assessed', missing: [exportOf('outboundConnectors')] }
    return
  }
  if (open) {
    yield { state: 'not-assessed', object: refOf(open), missing: [exportOfObject(open)] }
    return
  }
  const { servers, whole } = receivingServers(config)
  const answers = servers.map((s) => answerOf(config, asOf, asking(config, s), s))
  const all = answers.every((a) => a.fits === 'no' || a.fits === 'none')
  for (const a of answers) {
    if (a.fits === 'no') yield failure(asking(config, a.server), a, answers, all)
    else if (a.fits === 'yes') yield { state: 'pass', object: serverRef(a.server) }
    else if (a.fits === 'unknown') yield { state: 'not-assessed', object: serverRef(a.server), missing: [a.missing] }
  }
  if (!whole && config.hybridConfigurations.length > 0)
    yield { state: 'not-assessed', missing: [exportOf('hybridConfigurations')] }
}

const certificatesOfUses = (uses: readonly Use[]): readonly Certificate[] => [
  ...new Map(uses.flatMap((u) => u.picked).map((c) => [c.id, c])).values(),
]

function failure(connectors: readonly OutboundConnector[], a: Answer, answers: readonly Answer[], all: boolean): Fail {
  const [c] = connectors
  const shown = certificatesOfUses(a.uses)
  const asked = connectors.flatMap((x) => evidenceOf(x.tlsDomain, textOf(x, 'TlsSettings')))
  const names = shown.flatMap((x) => evidenceOf(x.certificateDomains, x.subject))
  const from = a.uses.flatMap((u) => ('from' in u.search && u.search.from ? evidenceOf(u.search.from) : []))
  const missing = answers.filter((x) => x.fits === 'unknown').map((x) => x.missing)
  const receive = a.uses.map((u) => u.connector as ReceiveConnector)
  const some = shown.flatMap((x) => certificateNames(x))
  return {
    state: 'fail',
    key: '',
    side: 'on-premises',
    severity: all ? 'critical' : 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [serverRef(a.server), ...receive.map(refOf), ...shown.map(refOf)],
    params: {
      server: a.server,
      connector: c?.id ?? '',
      domain: (c && known(c.tlsDomain)) ?? '',
      names: some.slice(0, 3).join(', '),
      moreNames: Math.max(0, some.length - 3),
      reach: all ? 'all' : 'some',
      recordedOn: Date.parse(exchangeOnlineRanges.recordedOn),
    },
    evidence: nonEmpty([...asked, ...names, ...from].slice(0, 12)),
    conditions: [
      { key: 'asks', value: 'yes', ...firstOf(asked) },
      { key: 'answers', value: 'yes', ...firstOf(from) },
      { key: 'no-name', value: 'yes', ...firstOf(names) },
    ],
    ...(!all && missing.length > 0 ? { couldRaise: missing } : {}),
  }
}

/** A name that every receiving server shows, of a domain of the tenant where that is known. */
function commonName(config: Config, asOf: Date, asked: readonly OutboundConnector[]): string | undefined {
  const servers = receivingServers(config).servers.filter((s) => asking(config, s).some((c) => asked.includes(c)))
  const answers = servers.map((s) => answerOf(config, asOf, asked, s))
  const shown = answers.filter((a) => a.fits !== 'none').map((a) => certificatesOfUses(a.uses))
  const [first = []] = shown
  const isShown = (name: string) =>
    shown.every(
      (of) => of.length > 0 && of.every((c) => certificateNames(c).some((n) => normHost(n) === normHost(name))),
    )
  const names = first.flatMap((c) => certificateNames(c)).filter((n) => isPublicHost(config, n) && isShown(n))
  const listed = areDomainsListed(config, 'exchange-online') === 'yes'
  return (
    names.find((n) => ['strong', 'parent'].includes(certificateDomainFit(config, n))) ?? (listed ? undefined : names[0])
  )
}

function fix(members: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  const connectors = [...new Set(members.flatMap((m) => asking(config, m.objects[0].id)))]
  const asked = ask('tls-domain', {
    en: 'A name that the certificates of all receiving servers bear, in quotes, for example "mail.contoso.com"',
    de: 'Ein Name, den die Zertifikate aller empfangenden Server tragen, in Anführungszeichen, zum Beispiel "mail.contoso.com"',
  })
  const name = commonName(config, asOf, connectors)
  return setProperties(connectors, {
    before: [
      comment(
        'If the certificate is what is wrong, install the right one on the servers and run the Hybrid Configuration Wizard instead.',
      ),
    ],
    set: () => ({ TlsDomain: name === undefined ? asked : str(name) }),
    alsoShow: ['TlsSettings', 'SmartHosts'],
    effect: 'reconnect',
    minutes: 20,
  })
}
