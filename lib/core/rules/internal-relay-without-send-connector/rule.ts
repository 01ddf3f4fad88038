import { ownRoute } from '../../mailflow/domain-routes'
import { hasEdgeSource, isEdgeInbound } from '../../mailflow/edge-path'
import { allOf, anyOf, type Fact, fact } from '../../mailflow/fact'
import { saysWord, takesEverything } from '../../mailflow/hybrid-connectors'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf } from '../../mailflow/missing'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { liveSources, organisationSend } from '../../mailflow/source-servers'
import { failOn, openOn, verdictOn } from '../../mailflow/verdict-on'
import {
  type AcceptedDomain,
  and,
  type Config,
  contains,
  isTrue,
  known,
  not,
  type SendConnector,
  type Tri,
} from '../../model'
import { ask, bool, command, comment, fixOf, forEachObject, list, objectsOf, run, str } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Severity, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'internal-relay-without-send-connector',
  family: 'domains',
  question: 5,
  severities: ['high', 'medium', 'info'],
  needs: ['acceptedDomains', 'sendConnectors'],
  optional: ['servers', 'edgeSubscriptions', 'hybridConfigurations', 'receiveConnectors'],
  reads: {
    acceptedDomains: ['DomainName', 'DomainType'],
    sendConnectors: ['Enabled', 'AddressSpaces', 'SmartHosts', 'SourceTransportServers'],
    servers: ['ServerRole'],
    hybridConfigurations: ['EdgeTransportServers'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/accepted-domains/accepted-domains',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/send-connectors',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** Those of the organisation; an Edge holds copies. */
const domainsOf = (config: Config): readonly AcceptedDomain[] =>
  config.acceptedDomains.filter((d) => d.side === 'on-premises' || d.side === 'unknown')

function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  const domains = domainsOf(config)
  for (const d of domains) {
    const relay = saysWord(d.domainType, 'InternalRelay')
    const name = known(d.domainName)
    if (name === undefined) {
      if (relay.value !== 'no') yield openOn(d)
      continue
    }
    const route = ownRoute(config, name)
    const missing = relay.value === 'unknown' ? [] : [exportOf('sendConnectors')]
    yield verdictOn(
      d,
      and(relay.value, not(route.value)),
      () => failure(config, d, name, answers.resolvable === 'all'),
      missing,
    )
  }
  if (domains.length === 0 || isListedWhole(config, 'acceptedDomains') !== 'yes')
    yield { state: 'not-assessed', missing: [exportOf('acceptedDomains')] }
}

const isEnabled = (s: SendConnector): Fact => fact(isTrue(s.enabled), s.enabled)

/** Does everything that no connector names go to a smart host or an Edge, which may know the domain? */
function isHandedOver(config: Config): Fact {
  const all = organisationSend(config)
  const edge = anyOf(all.map((s) => allOf([isEnabled(s), isEdgeInbound(s)])))
  const open = all.filter((s) => and(isTrue(s.enabled), takesEverything(s).value) !== 'no')
  const hosts = open.map((s) =>
    anyOf([
      fact(
        contains(s.smartHosts, () => true),
        s.smartHosts,
      ),
      hasEdgeSource(config, s),
    ]),
  )
  const byHost: Fact = open.length === 0 ? { value: 'no', evidence: [] } : allOf(hosts)
  return anyOf([edge, byHost])
}

function levelOf(handedOver: Tri, resolvable: boolean): Severity {
  if (resolvable) return 'info'
  return handedOver === 'no' ? 'high' : 'medium'
}

function failure(config: Config, d: AcceptedDomain, name: string, resolvable: boolean): Fail {
  const over = isHandedOver(config)
  const star = organisationSend(config).filter((s) => and(isTrue(s.enabled), takesEverything(s).value) === 'yes')
  const [line] = over.evidence
  return failOn(d, {
    key: name,
    severity: levelOf(over.value, resolvable),
    exposure: 'none',
    params: {
      domain: name,
      connector: star.map((s) => s.name).join(', '),
      star: star.length > 0 ? 'yes' : 'no',
      over: over.value,
      resolvable: resolvable ? 'yes' : 'no',
    },
    evidence: [evidence(d.domainType), ...star.flatMap((s) => evidenceOf(s.addressSpaces, s.smartHosts)).slice(0, 6)],
    conditions: [
      { key: 'relay', value: 'yes', evidence: evidence(d.domainType) },
      { key: 'no-route', value: 'yes' },
      { key: 'handed-over', value: over.value, ...(line ? { evidence: line } : {}) },
      { key: 'resolvable', value: resolvable ? 'yes' : 'unknown' },
    ],
    ...(over.value === 'unknown' && !resolvable ? { couldRaise: [exportOf('sendConnectors')] } : {}),
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const hosts = ask('smart-hosts', {
    en: 'Name or address of the system that holds the other mailboxes of the domain, in quotes',
    de: 'Name oder Adresse des Systems, auf dem die übrigen Postfächer der Domäne liegen, in Anführungszeichen',
  })
  const asked = ask('source-servers', {
    en: 'The servers that are to send there, each in quotes, with commas between them',
    de: 'Die Server, die dorthin senden sollen, je in Anführungszeichen und durch Kommas getrennt',
  })
  const star = organisationSend(config).filter((s) => and(isTrue(s.enabled), takesEverything(s).value) === 'yes')
  const sources = [...new Set(star.flatMap(liveSources))]
  const domains = objectsOf(domainsOf(config), 'acceptedDomain', members).map((d) => known(d.domainName) ?? d.id)
  const nameOf = (domain: string) => `Relay ${domain.replace('*.', '')}`
  const all = command('Get-SendConnector')
  return fixOf({
    backup: [run(all, command('Export-Clixml', { Path: str('.\\postern-backup_send-connectors.xml') }))],
    change: [
      comment(
        'If every recipient of the domain is here, make it authoritative instead: Set-AcceptedDomain with -DomainType Authoritative.',
      ),
      ...forEachObject(domains, (domain) => [
        run(
          command('New-SendConnector', {
            Name: str(nameOf(domain)),
            AddressSpaces: list([`SMTP:${domain};1`]),
            DNSRoutingEnabled: bool(false),
            SmartHosts: hosts,
            SourceTransportServers: sources.length > 0 ? list(sources) : asked,
          }),
        ),
      ]),
    ],
    check: [run(all, command('Format-Table', { Property: list(['Name', 'AddressSpaces', 'SmartHosts', 'Enabled']) }))],
    rollback: forEachObject(domains, (domain) => [
      run(command('Remove-SendConnector', { Identity: str(nameOf(domain)) })),
    ]),
    effect: 'none',
    minutes: 20,
    runsOn: 'exchange-management-shell',
  })
}
