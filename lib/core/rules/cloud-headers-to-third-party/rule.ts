import { ownershipOf } from '../../mailflow/accepted-domains'
import { initialDomain, isAboveRoutingDomain, routingDomain } from '../../mailflow/exchange-online-names'
import { fact } from '../../mailflow/fact'
import { hybridEvidenceReads } from '../../mailflow/hybrid'
import { failOfSend, hybridSendReads, onHybridSend, toldBy } from '../../mailflow/hybrid-send'
import { exportOfObject } from '../../mailflow/missing'
import { mxTargetOf } from '../../mailflow/mx'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { ownerOfHost } from '../../mailflow/smart-hosts'
import { type AddressSpace, contains, isTrue, knownPart, not, or, type SendConnector, type Tri } from '../../model'
import { bool, fixSendConnectors } from '../../remediation'
import { defineRule, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'cloud-headers-to-third-party',
  family: 'hybrid-send',
  question: 4,
  severities: ['high'],
  needs: ['sendConnectors'],
  optional: [
    'acceptedDomains',
    'servers',
    'hybridConfigurations',
    'receiveConnectors',
    'inboundConnectors',
    'outboundConnectors',
  ],
  reads: {
    ...hybridEvidenceReads,
    sendConnectors: hybridSendReads,
    hybridConfigurations: [...hybridEvidenceReads.hybridConfigurations, 'OnPremisesSmartHost'],
    receiveConnectors: [...hybridEvidenceReads.receiveConnectors, 'Fqdn', 'Bindings'],
    acceptedDomains: ['DomainName', 'MatchSubDomains'],
    servers: ['Fqdn', 'ServerRole'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector',
    'https://learn.microsoft.com/exchange/header-firewall-exchange-2013-help',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** Where the mail of an own domain goes, DNS alone tells, and that is not asked. */
const mxRecord: Missing = { cmdlet: 'Resolve-DnsName -Type MX', side: 'on-premises', servers: [] }

/** Does the space lead to Exchange Online or to own servers when the connector uses DNS? */
function leadsHome({ config, answers }: RuleContext, { domain }: AddressSpace): Tri {
  if (domain === '*') return 'no'
  const name = domain.replace(/^\*\./, '')
  const own = (['on-premises', 'exchange-online'] as const).some(
    (side) => ownershipOf(config, side, name).state === 'own',
  )
  const target = mxTargetOf(config, answers, name, own)
  if (target === 'exchange-online' || target === 'on-premises') return 'yes'
  return target === 'unknown' ? 'unknown' : 'no'
}

/** Spaces that only Exchange Online or own servers can stand for, whatever the smart host. */
const isHome = ({ domain }: AddressSpace): boolean =>
  routingDomain(domain) || initialDomain(domain) || isAboveRoutingDomain(domain) || domain === '--'

const byDns = (s: SendConnector): Tri => not(contains(s.smartHosts, () => true))

/** Does the connector lead to Exchange Online or to own servers? */
function staysHome(context: RuleContext, s: SendConnector): Tri {
  const spaces = knownPart(s.addressSpaces) ?? []
  const dns = byDns(s)
  return or(
    contains(s.addressSpaces, isHome),
    contains(s.smartHosts, (h) => ownerOfHost(context.config, h, context.answers).kind !== 'other'),
    dns === 'yes' ? or(...spaces.map((a) => leadsHome(context, a))) : dns === 'no' ? 'no' : 'unknown',
  )
}

/** Is it certain that nobody of the own organisation is behind it? */
const isSure = ({ config, answers }: RuleContext, s: SendConnector): boolean =>
  byDns(s) === 'yes'
    ? (knownPart(s.addressSpaces) ?? []).every(
        (a) =>
          a.domain === '*' ||
          (['on-premises', 'exchange-online'] as const).every(
            (side) => ownershipOf(config, side, a.domain.replace(/^\*\./, '')).state === 'foreign',
          ),
      )
    : (knownPart(s.smartHosts) ?? []).every((h) => ownerOfHost(config, h, answers).sure)

function* check(context: RuleContext): Iterable<Verdict> {
  yield* onHybridSend(
    context.config,
    (s, applies) => {
      const away = not(staysHome(context, s))
      const dns = byDns(s)
      return {
        bad: away,
        missing: dns === 'yes' && contains(s.addressSpaces, () => false) === 'no' ? mxRecord : exportOfObject(s),
        fail: () =>
          failOfSend(s, applies, {
            severity: 'high',
            confidence: isSure(context, s) ? 'proven' : 'likely',
            params: {
              to:
                dns !== 'yes'
                  ? 'hosts'
                  : contains(s.addressSpaces, (a) => a.domain === '*') === 'yes'
                    ? 'internet'
                    : 'dns',
              hosts: (knownPart(s.smartHosts) ?? []).slice(0, 3).join(', '),
              spaces: (knownPart(s.addressSpaces) ?? [])
                .map((a) => a.domain)
                .slice(0, 3)
                .join(', '),
            },
            evidence: evidenceOf(s.cloudServicesMailEnabled, s.addressSpaces, s.smartHosts),
            conditions: [{ key: 'away', ...toldBy(away, dns === 'yes' ? s.addressSpaces : s.smartHosts) }],
          }),
      }
    },
    (s) => fact(isTrue(s.cloudServicesMailEnabled), s.cloudServicesMailEnabled),
  )
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return fixSendConnectors(config, members, () => ({ CloudServicesMailEnabled: bool(false) }))
}
