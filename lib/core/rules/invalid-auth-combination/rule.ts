import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { type Fact, fact } from '../../mailflow/fact'
import { hasGroup, hasMechanism } from '../../mailflow/permissions'
import { flagOf } from '../../mailflow/property-of'
import { exposureOf, flags, nonEmpty } from '../../mailflow/receive-evidence'
import { failOn, verdictOn } from '../../mailflow/verdict-on'
import { and, contains, isTrue, known, not, or, type Property, type ReceiveConnector } from '../../model'
import { bool, type Code, comment, list, mechanismsWith, setProperties, wholeList } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'invalid-auth-combination',
  family: 'receive-tls',
  question: 6,
  severities: ['medium'],
  needs: ['receiveConnectors'],
  optional: [],
  reads: { receiveConnectors: ['Enabled', 'AuthMechanism', 'PermissionGroups', 'RequireTLS', 'DomainSecureEnabled'] },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector#-authmechanism',
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector#-domainsecureenabled',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

const EXTERNAL = 'ExternalAuthoritative'
const domainSecure = (c: ReceiveConnector): Property<boolean> => flagOf(c, 'DomainSecureEnabled')

/** What Set-ReceiveConnector refuses, each by its name; it can stand in the directory all the same. */
const contradictions: Readonly<Record<string, (c: ReceiveConnector) => Fact>> = {
  'external-and-others': (c) =>
    fact(
      and(
        hasMechanism(c, EXTERNAL),
        contains(c.authMechanism, (m) => !['tls', EXTERNAL.toLowerCase()].includes(m.toLowerCase())),
      ),
      c.authMechanism,
    ),
  'external-without-servers': (c) =>
    fact(and(hasMechanism(c, EXTERNAL), not(hasGroup(c, 'ExchangeServers'))), c.authMechanism, c.permissionGroups),
  'external-and-domain-secure': (c) =>
    fact(and(hasMechanism(c, EXTERNAL), isTrue(domainSecure(c))), c.authMechanism, domainSecure(c)),
  'basic-tls-alone': (c) =>
    fact(
      and(hasMechanism(c, 'BasicAuthRequireTLS'), not(and(hasMechanism(c, 'BasicAuth'), hasMechanism(c, 'Tls')))),
      c.authMechanism,
    ),
  'required-without-tls': (c) =>
    fact(and(isTrue(c.requireTLS), not(hasMechanism(c, 'Tls'))), c.requireTLS, c.authMechanism),
  'domain-secure-without-tls': (c) =>
    fact(and(isTrue(domainSecure(c)), not(hasMechanism(c, 'Tls'))), domainSecure(c), c.authMechanism),
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    if (enabled === 'no') continue
    const facts = Object.entries(contradictions).map(([key, of]) => ({ key, ...of(c) }))
    const found = facts.filter((f) => f.value === 'yes')
    yield verdictOn(c, and(enabled, or(...facts.map((f) => f.value))), () => failure(c, found))
  }
}

function failure(c: ReceiveConnector, found: readonly (Fact & { readonly key: string })[]): Fail {
  return failOn(c, {
    severity: 'medium',
    exposure: exposureOf(c),
    params: {
      connector: c.id,
      first: found[0]?.key.replaceAll('-', '') ?? '', // a choice in a sentence takes no hyphens
      contradictions: found.length,
      mechanisms: flags(c.authMechanism) || 'None',
    },
    evidence: nonEmpty([evidence(c.authMechanism), ...found.flatMap((f) => f.evidence)]),
    conditions: found.map(({ key, evidence: [proof] }) => ({
      key,
      value: 'yes',
      ...(proof ? { evidence: proof } : {}),
    })),
  })
}

/**
 * The nearest valid setting that gives nobody more than before: trust by address is not widened, mechanisms that cannot work beside it
 * go, and where TLS is asked for it is offered.
 */
function valid(c: ReceiveConnector): Readonly<Record<string, Code>> {
  const has = (name: string) => hasMechanism(c, name) === 'yes'
  const external = has(EXTERNAL) && hasGroup(c, 'ExchangeServers') === 'yes'
  const mechanisms = mechanismsWith(c, ...(needsTls(c) ? ['Tls'] : []))
  const kept = mechanisms.filter((m) => {
    const name = m.toLowerCase()
    if (external) return name === 'tls' || name === EXTERNAL.toLowerCase()
    return name !== EXTERNAL.toLowerCase() && (name !== 'basicauthrequiretls' || has('BasicAuth'))
  })
  return {
    AuthMechanism: list(kept.length > 0 ? kept : ['None']),
    ...(external && known(domainSecure(c)) === true ? { DomainSecureEnabled: bool(false) } : {}),
  }
}

const needsTls = (c: ReceiveConnector): boolean =>
  known(c.requireTLS) === true ||
  known(domainSecure(c)) === true ||
  and(hasMechanism(c, 'BasicAuthRequireTLS'), hasMechanism(c, 'BasicAuth')) === 'yes'

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return setProperties(connectorsOfMembers(config, members), {
    set: valid,
    alsoShow: ['PermissionGroups', 'RequireTLS'],
    before: [
      wholeList('AuthMechanism'),
      comment(
        'Look first who uses the connector, and whether this is what was meant: of two settings that exclude each other one has to go.',
      ),
    ],
    effect: 'reconnect',
    minutes: 15,
  })
}
