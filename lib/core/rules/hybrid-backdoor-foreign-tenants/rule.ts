import { exchangeOnlineRanges, exchangeOnlineRangesAreStale } from '../../defaults/exchange-online-ranges'
import { cloudReach } from '../../mailflow/cloud-entry'
import { initialDomain, routingDomain } from '../../mailflow/exchange-online-names'
import { hybridRecv } from '../../mailflow/hybrid'
import { mxElsewhere } from '../../mailflow/mx'
import { refOf } from '../../mailflow/object-ref'
import { type OriginatorRules, originatorRules } from '../../mailflow/originator-rules'
import { unlisted } from '../../mailflow/receive-evidence'
import { and, type Config, isTrue, known, type ReceiveConnector, type Tri } from '../../model'
import { ask, command, comment, fixOf, list, run, str } from '../../remediation'
import {
  defineRule,
  type EvidenceRef,
  evidence,
  type Fail,
  type Missing,
  type RuleContext,
  type Verdict,
} from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-backdoor-foreign-tenants',
  family: 'hybrid-receive',
  question: 3,
  severities: ['high', 'medium', 'info'],
  needs: ['receiveConnectors'],
  optional: ['transportRules', 'acceptedDomains'],
  reads: {
    receiveConnectors: ['Enabled', 'TlsDomainCapabilities', 'RemoteIPRanges'],
    transportRules: [
      'State',
      'HeaderContainsMessageHeader',
      'HeaderMatchesMessageHeader',
      'ExceptIfHeaderContainsMessageHeader',
      'ExceptIfHeaderMatchesMessageHeader',
    ],
  },
  references: [
    'https://techcommunity.microsoft.com/blog/exchange/advanced-office-365-routing-locking-down-exchange-on-premises-when-mx-points-to-/609238',
    'https://learn.microsoft.com/powershell/module/exchange/new-transportrule',
  ],
  frameworks: { BSI: ['APP.5.2.A9'] },
  absorbs: [],
  check,
  fix,
})

const receive = (servers: readonly string[]): Missing => ({
  cmdlet: 'Get-ReceiveConnector',
  side: 'on-premises',
  servers,
})
const rulesOfServers: Missing = { cmdlet: 'Get-TransportRule', side: 'on-premises', servers: [] }

/** Does the connector let Exchange Online in, whichever tenant sends? */
function isDoor(c: ReceiveConnector, asOf: Date): Tri {
  const reach = cloudReach(c)
  const stale = reach === 'no' && exchangeOnlineRangesAreStale(asOf)
  const reached: Tri = stale || reach === 'unknown' ? 'unknown' : reach === 'no' ? 'no' : 'yes'
  return and(isTrue(c.enabled), hybridRecv(c).value, reached)
}

function* check({ config, asOf, answers }: RuleContext): Iterable<Verdict> {
  const judged = config.receiveConnectors.map((c) => ({ c, value: isDoor(c, asOf) }))
  const [door, ...others] = judged.flatMap((j) => (j.value === 'yes' ? [j.c] : []))
  const open = judged.flatMap((j) => (j.value === 'unknown' ? [j.c] : []))
  const rules = originatorRules(config)
  const rest = unlisted(config) // the connector that recognises Exchange Online may be among those that were not listed
  if (door && rules.tested === 'no') yield failure([door, ...others], rules, mxElsewhere(answers))
  else if (door && rules.tested === 'unknown') yield { state: 'not-assessed', missing: [rulesOfServers] }
  else if (open.length > 0 && rules.tested !== 'yes')
    yield { state: 'not-assessed', missing: [receive([...new Set(open.flatMap((c) => c.server ?? []))])] }
  else if (config.receiveConnectors.some((c) => isTrue(c.enabled) !== 'no' && hybridRecv(c).value === 'yes'))
    yield { state: 'pass' }
  else if (rest && rules.tested !== 'yes') yield { state: 'not-assessed', missing: [rest] }
}

function failure(doors: readonly [ReceiveConnector, ...ReceiveConnector[]], rules: OriginatorRules, mx: Tri): Fail {
  const [first, ...rest] = doors
  const any = doors.some((c) => cloudReach(c) === 'any')
  const medium = mx === 'yes' && rules.supplied
  const more: readonly EvidenceRef[] = rest.slice(0, 10).map((c) => evidence(c.tlsDomainCapabilities))
  return {
    state: 'fail',
    key: '',
    side: 'on-premises',
    severity: medium ? 'medium' : 'info',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'cloud',
    objects: [refOf(first), ...rest.map(refOf)],
    params: {
      count: doors.length,
      connector: first.id,
      connectors:
        doors
          .slice(0, 5)
          .map((c) => c.id)
          .join(', ') + (doors.length > 5 ? ', …' : ''),
      mx: mx === 'yes' ? 'elsewhere' : mx === 'no' ? 'here' : 'unknown',
      rules: rules.supplied ? 'none' : 'unknown',
      source: any ? 'any' : 'ranges',
      recordedOn: Date.parse(exchangeOnlineRanges.recordedOn),
    },
    evidence: [
      evidence(first.tlsDomainCapabilities),
      evidence(first.remoteIPRanges),
      ...more,
      ...rules.evidence.slice(0, 5),
    ],
    conditions: [
      { key: 'recognises', value: 'yes', evidence: evidence(first.tlsDomainCapabilities) },
      { key: 'reachable', value: 'yes', evidence: evidence(first.remoteIPRanges) },
      { key: 'no-rule', value: rules.supplied ? 'yes' : 'unknown' },
      { key: 'mx-elsewhere', value: mx },
    ],
    ...(mx === 'yes' && !rules.supplied ? { couldRaise: [rulesOfServers] } : {}),
  }
}

/** Accepted domains as patterns for the header. The initial domain of the tenant follows from its routing domain. */
function ownPatterns(config: Config): readonly string[] {
  const names = config.acceptedDomains.flatMap((d) => known(d.domainName) ?? []).filter((n) => /^[a-z0-9.-]+$/.test(n))
  const initial = names.filter(routingDomain).map((n) => n.replace('.mail.', '.'))
  return [...new Set([...names, ...initial.filter(initialDomain)])].map((n) => `^${n.replaceAll('.', '\\.')}$`)
}

const NAME = 'Postern: mail of foreign tenants'

function fix(_: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const own = ownPatterns(config)
  const asked = ask('own-domains', {
    en: 'All accepted domains of your tenant and its initial domain as patterns, each in quotes, for example "^contoso\\.onmicrosoft\\.com$"',
    de: 'Alle akzeptierten Domänen Ihres Mandanten und seine Anfangsdomäne als Muster, je in Anführungszeichen, zum Beispiel "^contoso\\.onmicrosoft\\.com$"',
  })
  const hasTenant = config.acceptedDomains.some((d) => routingDomain(known(d.domainName) ?? ''))
  return fixOf({
    backup: [
      run(
        command('Get-TransportRule'),
        command('Export-Clixml', { Path: str('.\\postern-backup_transport-rules.xml') }),
      ),
    ],
    change: [
      comment(
        'In audit mode the rule only counts. After two weeks without wrong matches: Set-TransportRule -Mode Enforce.',
      ),
      comment(
        `SenderIpRanges: addresses of Exchange Online as of ${exchangeOnlineRanges.recordedOn}; repeat this when they change.`,
      ),
      run(
        command('New-TransportRule', {
          Name: str(NAME),
          SenderIpRanges: list(exchangeOnlineRanges.cidrs),
          ExceptIfHeaderMatchesMessageHeader: str('X-OriginatorOrg'),
          ExceptIfHeaderMatchesPatterns: own.length > 0 && hasTenant ? list(own) : asked,
          RejectMessageReasonText: str('This tenant may not deliver here directly.'),
          Mode: str('Audit'),
        }),
      ),
    ],
    check: [
      run(
        command('Get-TransportRule', { Identity: str(NAME) }),
        command('Format-List', { Property: list(['Name', 'State', 'Mode', 'ExceptIfHeaderMatchesPatterns']) }),
      ),
      comment(
        'A later run of the Hybrid Configuration Wizard leaves transport rules alone, but opens the connector to all addresses again.',
      ),
    ],
    rollback: [run(command('Remove-TransportRule', { Identity: str(NAME) }))],
    effect: 'none',
    minutes: 30,
    runsOn: 'exchange-management-shell',
  })
}
