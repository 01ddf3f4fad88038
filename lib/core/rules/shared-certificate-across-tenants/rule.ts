import { isUnnamed, pairNamed } from '../../mailflow/certificate-usage'
import { routingDomain } from '../../mailflow/exchange-online-names'
import { fact } from '../../mailflow/fact'
import { routesToTenant, sendConnectorsOf } from '../../mailflow/hybrid-connectors'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { and, isTrue, knownPart, type SendConnector } from '../../model'
import { ask, comment, setProperties } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'shared-certificate-across-tenants',
  family: 'certificates',
  question: 4,
  severities: ['high'],
  needs: ['sendConnectors'],
  optional: ['servers'],
  reads: {
    sendConnectors: ['Enabled', 'AddressSpaces', 'TlsCertificateName', 'SourceTransportServers'],
    servers: ['AdminDisplayVersion'],
  },
  references: [
    'https://learn.microsoft.com/exchange/hybrid-deployment/hybrid-with-multiple-forests',
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/set-up-connectors-to-route-mail',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** The routing domain stands for the tenant: `contoso.mail.onmicrosoft.com`. */
const tenantsOf = (s: SendConnector): readonly string[] =>
  (knownPart(s.addressSpaces) ?? [])
    .filter((a) => a.type.toLowerCase() === 'smtp' && routingDomain(a.domain))
    .map((a) => a.domain)

const shareNone = (a: SendConnector, b: SendConnector): boolean => !tenantsOf(a).some((t) => tenantsOf(b).includes(t))

function* check({ config }: RuleContext): Iterable<Verdict> {
  const named = new Map<string, SendConnector[]>()
  let seen = false
  for (const s of sendConnectorsOf(config)) {
    const toTenant = and(isTrue(s.enabled), routesToTenant(s).value)
    if (toTenant === 'no') continue
    const pair = pairNamed(s.tlsCertificateName)
    const unset = isUnnamed(config, s) === 'yes' || (s.tlsCertificateName.state === 'ok' && pair === undefined)
    const whole = s.addressSpaces.state === 'ok' || s.addressSpaces.state === 'empty'
    // Without a name there is nothing to share, wherever it leads.
    if (unset && toTenant === 'unknown') continue
    seen = true
    if (unset) yield { state: 'pass', object: refOf(s) }
    else if (toTenant === 'unknown' || pair === undefined || !whole)
      yield { state: 'not-assessed', object: refOf(s), missing: [exportOfObject(s)] }
    if (toTenant !== 'yes' || pair === undefined) continue
    const group = named.get(pair)
    if (group) group.push(s)
    else named.set(pair, [s])
  }
  for (const group of named.values()) yield* judge(group)
  // A connector that was not listed may name the same certificate.
  if (seen && isListedWhole(config, 'sendConnectors') !== 'yes')
    yield { state: 'not-assessed', missing: [exportOf('sendConnectors')] }
}

/** Each with the one before it that leads to another tenant: that covers all without telling every pair. */
function* judge(group: readonly SendConnector[]): Iterable<Verdict> {
  for (const [i, s] of group.entries()) {
    const other = group.slice(0, i).findLast((o) => shareNone(o, s))
    if (other) yield failure(other, s)
    else yield { state: 'pass', object: refOf(s) }
  }
}

function failure(a: SendConnector, b: SendConnector): Fail {
  const spaces = [a, b].flatMap((s) => fact('yes', s.addressSpaces).evidence)
  return {
    state: 'fail',
    key: [a.name.toLowerCase(), b.name.toLowerCase()].sort().join(' '),
    side: a.side,
    severity: 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'cloud',
    objects: [refOf(a), refOf(b)],
    params: {
      connector: a.id,
      other: b.id,
      tenant: tenantsOf(a)[0] ?? '',
      otherTenant: tenantsOf(b)[0] ?? '',
      name: a.tlsCertificateName.state === 'ok' ? a.tlsCertificateName.value.text : '',
    },
    evidence: [evidence(a.tlsCertificateName), evidence(b.tlsCertificateName), ...spaces],
    conditions: [
      { key: 'tenants', value: 'yes', ...(spaces[0] ? { evidence: spaces[0] } : {}) },
      { key: 'same-name', value: 'yes', evidence: evidence(b.tlsCertificateName) },
    ],
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const ids = new Set(members.flatMap((m) => m.objects.slice(1).map((o) => o.id)))
  const connectors = sendConnectorsOf(config).filter((s) => ids.has(s.id))
  const name = ask('certificate-name', {
    en: 'Issuer and subject of the second certificate in the form <I>issuer<S>subject, in quotes',
    de: 'Aussteller und Antragsteller des zweiten Zertifikats in der Form <I>Aussteller<S>Antragsteller, in Anführungszeichen',
  })
  return setProperties(connectors, {
    set: () => ({ TlsCertificateName: name }),
    before: [
      comment(
        'The second certificate has a name in a domain that only the second tenant has accepted. Import it first.',
      ),
    ],
    after: [comment('Then enter its name in TlsSenderCertificateName of the inbound connector of the second tenant.')],
    effect: 'reconnect',
    minutes: 30,
  })
}
