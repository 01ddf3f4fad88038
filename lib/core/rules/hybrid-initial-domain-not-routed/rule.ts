import { initialDomainOf, routingDomain } from '../../mailflow/exchange-online-names'
import { anyOf, type Fact } from '../../mailflow/fact'
import { hybridEvidenceReads } from '../../mailflow/hybrid'
import { hasSpace, relaySend, routesToTenant, sendConnectorsOf } from '../../mailflow/hybrid-connectors'
import { enabledAnd, hybridSendReads, toldBy, withoutHybridSend } from '../../mailflow/hybrid-send'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { type Config, knownPart, type SendConnector } from '../../model'
import {
  command,
  fixOf,
  list,
  newSendConnectorLike,
  run,
  sendConnectorsOfMembers,
  str,
  wizardSendRemark,
} from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-initial-domain-not-routed',
  family: 'hybrid-send',
  question: 4,
  severities: ['low', 'info'],
  needs: ['sendConnectors'],
  optional: ['hybridConfigurations', 'receiveConnectors', 'inboundConnectors', 'outboundConnectors'],
  reads: { ...hybridEvidenceReads, sendConnectors: hybridSendReads },
  references: [
    'https://learn.microsoft.com/exchange/transport-routing',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/send-connectors',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** Spaces by which a connector routes to one tenant; a wildcard names none. */
const tenantsOf = (s: SendConnector): readonly string[] =>
  (knownPart(s.addressSpaces) ?? []).map((a) => a.domain).filter((d) => routingDomain(d) && !d.startsWith('*'))

const covers = (space: string, domain: string): boolean =>
  space === domain || (space.startsWith('*.') && `.${domain}`.endsWith(space.slice(1)))

/** Does an enabled connector take the domain by another space than `*`, or does all mail go through Exchange Online? */
const isRouted = (config: Config, domain: string): Fact =>
  anyOf(
    sendConnectorsOf(config).map((s) =>
      enabledAnd(s, (c) => anyOf([hasSpace(c, (d) => covers(d, domain)), relaySend(c)])),
    ),
  )

function* check({ config }: RuleContext): Iterable<Verdict> {
  const judged = sendConnectorsOf(config).map((s) => ({ s, value: enabledAnd(s, routesToTenant).value }))
  const routes = judged.flatMap((j) => (j.value === 'yes' ? [j.s] : []))
  const isOpen = judged.some((j) => j.value === 'unknown') || routes.some((s) => s.addressSpaces.state === 'truncated')
  if (routes.length === 0 && !isOpen) {
    yield* withoutHybridSend(config)
    return
  }
  const domains = [...new Set(routes.flatMap(tenantsOf).map(initialDomainOf))]
  const answers = domains.map((domain) => ({ domain, value: isRouted(config, domain).value }))
  const whole = isListedWhole(config, 'sendConnectors') === 'yes'
  const missing = answers.filter((a) => a.value === 'no').map((a) => a.domain)
  const [first] = routes
  if (first && whole && missing.length > 0) yield failure(nonEmpty(routes), missing)
  else if (isOpen || answers.some((a) => a.value !== 'yes'))
    yield { state: 'not-assessed', missing: [exportOf('sendConnectors')] }
  else if (domains.length > 0) yield { state: 'pass' }
}

function failure(routes: readonly [SendConnector, ...SendConnector[]], missing: readonly string[]): Fail {
  const concerned = routes.filter((s) => tenantsOf(s).some((d) => missing.includes(initialDomainOf(d))))
  const [first, ...rest] = nonEmpty(concerned)
  return {
    state: 'fail',
    key: '',
    side: 'on-premises',
    severity: 'info',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(first), ...rest.map(refOf)],
    params: { domain: missing.slice(0, 3).join(', '), domains: missing.length, connector: first.name },
    evidence: nonEmpty(concerned.flatMap((s) => evidenceOf(s.addressSpaces))),
    conditions: [
      { key: 'routed', ...toldBy('yes', first.addressSpaces) },
      { key: 'not-routed', value: 'yes' },
    ],
  }
}

const nameFor = (domain: string): string => `To Exchange Online (${domain})`

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const wanted = sendConnectorsOfMembers(config, members).flatMap((s) =>
    tenantsOf(s)
      .map(initialDomainOf)
      .filter((domain) => isRouted(config, domain).value === 'no')
      .map((domain) => ({ s, domain })),
  )
  const names = wanted.map((w) => nameFor(w.domain))
  return fixOf({
    backup: [
      run(
        command('Get-SendConnector'),
        command('Export-Clixml', { Path: str('.\\postern-backup_send-connectors.xml') }),
      ),
    ],
    change: wanted.map(({ s, domain }) => newSendConnectorLike(s, nameFor(domain), list([`smtp:${domain};1`]))),
    check: [
      ...names.map((name) => run(command('Get-SendConnector', { Identity: str(name) }), command('Format-List'))),
      wizardSendRemark,
    ],
    rollback: names.map((name) => run(command('Remove-SendConnector', { Identity: str(name) }))),
    effect: 'none',
    minutes: 15,
    runsOn: 'exchange-management-shell',
  })
}
