import { kindOf } from '../../mailflow/connector-kind'
import { domainSecurityGaps, type Gap, sendersTo } from '../../mailflow/domain-security'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { flagOf, listOf } from '../../mailflow/property-of'
import { nonEmpty } from '../../mailflow/receive-evidence'
import { hasSmartHosts } from '../../mailflow/send-hosts'
import { isSendListed, organisationSend } from '../../mailflow/source-servers'
import {
  type Config,
  type ConfigObject,
  isTrue,
  known,
  or,
  type ReceiveConnector,
  type SendConnector,
} from '../../model'
import { ask, bool, type Code, comment, list, mechanismsWith, setProperties } from '../../remediation'
import { defineRule, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'domain-security-incomplete',
  family: 'receive-tls',
  question: 4,
  severities: ['high', 'medium'],
  needs: ['receiveConnectors', 'sendConnectors', 'transportConfigs'],
  optional: [],
  reads: {
    receiveConnectors: [
      'Enabled',
      'PermissionGroups',
      'DomainSecureEnabled',
      'Bindings',
      'RemoteIPRanges',
      'TransportRole',
    ],
    sendConnectors: [
      'Enabled',
      'DomainSecureEnabled',
      'DNSRoutingEnabled',
      'IgnoreSTARTTLS',
      'FrontendProxyEnabled',
      'AddressSpaces',
    ],
    transportConfigs: ['TLSReceiveDomainSecureList', 'TLSSendDomainSecureList'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-transportconfig#-tlsreceivedomainsecurelist',
    'https://learn.microsoft.com/powershell/module/exchange/set-transportconfig#-tlssenddomainsecurelist',
    'https://learn.microsoft.com/powershell/module/exchange/new-sendconnector#-domainsecureenabled',
  ],
  frameworks: { BSI: ['APP.5.2.A11'], CIS: ['2.2.10'], STIG: ['V-259580', 'V-259594'] },
  absorbs: [],
  check,
  fix,
})

/** The lists of the organisation were exported at all, and readable. */
const areListsKnown = (config: Config): boolean =>
  config.transportConfigs.length > 0 &&
  config.transportConfigs.every((o) =>
    ['TLSReceiveDomainSecureList', 'TLSSendDomainSecureList'].every((name) =>
      ['ok', 'empty', 'null'].includes(listOf(o, name).state),
    ),
  )

function* check({ config }: RuleContext): Iterable<Verdict> {
  const gaps = domainSecurityGaps(config)
  const value = or(...gaps.map((g) => g.value))
  if (value === 'yes') {
    yield failure(gaps)
    return
  }
  const missing = lacking(config, gaps)
  const [first, ...rest] = missing
  yield first ? { state: 'not-assessed', missing: [first, ...rest] } : { state: 'pass' }
}

/** A pass says that no connector has a gap, and so needs all of them. */
function lacking(config: Config, gaps: readonly Gap[]): readonly Missing[] {
  const open = (...keys: readonly Gap['key'][]) => gaps.some((g) => g.value === 'unknown' && keys.includes(g.key))
  const lists = areListsKnown(config)
  const receive =
    open('partners') || (lists && open('receivers')) || isListedWhole(config, 'receiveConnectors') !== 'yes'
  const send = open('proxied') || (lists && open('senders')) || isSendListed(config) !== 'yes'
  return [
    ...(lists ? [] : [exportOf('transportConfigs')]),
    ...(receive ? [exportOf('receiveConnectors')] : []),
    ...(send ? [exportOf('sendConnectors')] : []),
  ]
}

function failure(gaps: readonly Gap[]): Fail {
  const found = gaps.filter((g) => g.value === 'yes')
  const [lead] = found
  const wild = gaps.find((g) => g.key === 'wildcard')?.value
  const domains = [...new Set(lead?.domains ?? [])]
  return {
    state: 'fail',
    key: '',
    side: 'on-premises',
    severity: wild === 'yes' ? 'high' : 'medium',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'partner',
    objects: nonEmpty([...new Map(found.flatMap((g) => g.objects).map((o) => [o, refOf(o)])).values()]),
    params: {
      gap: lead?.key ?? '',
      gaps: found.length,
      domains: domains.slice(0, 3).join(', '),
      moreDomains: Math.max(0, domains.length - 3),
      connectors:
        lead?.objects
          .map((o) => o.id)
          .slice(0, 3)
          .join(', ') ?? '',
    },
    evidence: nonEmpty(found.flatMap((g) => g.evidence).slice(0, 12)),
    conditions: gaps.map(({ key, value, evidence: [proof] }) => ({
      key,
      value,
      ...(proof ? { evidence: proof } : {}),
    })),
    ...(wild === 'unknown' ? { couldRaise: [exportOf('transportConfigs')] } : {}),
  }
}

type Changes = Map<ConfigObject, Readonly<Record<string, Code>>>

const askDomains = (name: string, wanted: readonly string[]): Code =>
  ask(name, {
    en: `Mail domains in place of ${wanted.join(', ')}, each by its full name in quotes, with commas between them`,
    de: `Maildomänen anstelle von ${wanted.join(', ')}, jede mit vollem Namen in Anführungszeichen, durch Kommas getrennt`,
  })

const mutual = (c: ReceiveConnector): Readonly<Record<string, Code>> => ({
  AuthMechanism: list(mechanismsWith(c, 'Tls')),
  DomainSecureEnabled: bool(true),
})

/** On a send connector mutual TLS needs delivery by MX, an offer of TLS taken up, and no front end in between. */
const mutualOut = (s: SendConnector): Readonly<Record<string, Code>> => ({
  DomainSecureEnabled: bool(true),
  ...(isTrue(s.ignoreSTARTTLS) === 'yes' ? { IgnoreSTARTTLS: bool(false) } : {}),
  ...(isTrue(s.dnsRoutingEnabled) === 'no' ? { DNSRoutingEnabled: bool(true) } : {}),
  ...(known(flagOf(s, 'FrontendProxyEnabled')) === true ? { FrontendProxyEnabled: bool(false) } : {}),
})

function changesFor(config: Config): Changes {
  const changes: Changes = new Map()
  const add = (o: ConfigObject, set: Readonly<Record<string, Code>>) => changes.set(o, { ...changes.get(o), ...set })
  const gaps = domainSecurityGaps(config).filter((g) => g.value === 'yes')
  const has = (key: Gap['key']) => gaps.find((g) => g.key === key)
  for (const c of config.receiveConnectors) if (has('partners')?.objects.includes(c)) add(c, mutual(c))
  if (has('receivers') && !has('partners'))
    for (const c of config.receiveConnectors)
      if (['DefaultFrontend', 'EdgeDefault'].includes(kindOf(config, c)) && known(c.enabled) === true) add(c, mutual(c))
  for (const domain of has('senders')?.domains ?? [])
    for (const s of sendersTo(config, domain)
      .filter((x) => hasSmartHosts(x).value === 'no')
      .slice(0, 1))
      add(s, mutualOut(s))
  for (const s of organisationSend(config))
    if (has('proxied')?.objects.includes(s)) add(s, { FrontendProxyEnabled: bool(false) })
  for (const o of has('wildcard')?.objects ?? [])
    for (const [name, asked] of [
      ['TLSSendDomainSecureList', 'send-domains'],
      ['TLSReceiveDomainSecureList', 'receive-domains'],
    ] as const) {
      const domains = known(listOf(o, name)) ?? []
      if (domains.some((d) => d.includes('*'))) add(o, { [name]: askDomains(asked, domains) })
    }
  return changes
}

function fix(_: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const changes = changesFor(config)
  return setProperties([...changes.keys()], {
    set: (o) => changes.get(o) ?? {},
    before: [
      comment(
        'Lists are replaced as a whole. Agree with the partner before: both sides need the other in their lists, and a certificate that the other trusts.',
      ),
    ],
    after: [
      comment(
        'Send a test message in each direction: with mutual TLS a certificate that does not pass keeps mail in the queue.',
      ),
    ],
    effect: 'reconnect',
    minutes: 45,
  })
}
