import { type Fact, fact } from '../../mailflow/fact'
import { sendConnectorsOf } from '../../mailflow/hybrid-connectors'
import { flagOf } from '../../mailflow/property-of'
import { nonEmpty } from '../../mailflow/receive-evidence'
import { hasSmartHosts } from '../../mailflow/send-hosts'
import { failOn, verdictOn } from '../../mailflow/verdict-on'
import { and, contains, isTrue, isUnset, known, not, or, type Property, type SendConnector } from '../../model'
import { ask, bool, type Code, comment, objectsOf, setProperties } from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'send-tls-settings-contradict',
  family: 'send-tls',
  question: 6,
  severities: ['medium'],
  needs: ['sendConnectors'],
  optional: [],
  reads: {
    sendConnectors: [
      'Enabled',
      'TlsAuthLevel',
      'RequireTLS',
      'IgnoreSTARTTLS',
      'SmartHosts',
      'DNSRoutingEnabled',
      'DomainSecureEnabled',
      'AddressSpaces',
    ],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/new-sendconnector',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/send-connectors',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

const domainSecure = (s: SendConnector): Property<boolean> => flagOf(s, 'DomainSecureEnabled')
const required = (s: SendConnector): Fact => fact(isTrue(s.requireTLS), s.requireTLS)
const ignored = (s: SendConnector): Fact => fact(isTrue(s.ignoreSTARTTLS), s.ignoreSTARTTLS)
const level = (s: SendConnector): Fact => fact(not(isUnset(s.tlsAuthLevel)), s.tlsAuthLevel)
const dns = (s: SendConnector): Fact => fact(isTrue(s.dnsRoutingEnabled), s.dnsRoutingEnabled)
const secure = (s: SendConnector): Fact => fact(isTrue(domainSecure(s)), domainSecure(s))
const foreign = (s: SendConnector): Fact =>
  fact(
    contains(s.addressSpaces, (a) => a.type !== 'SMTP'),
    s.addressSpaces,
  )

const both = (a: Fact, b: Fact): Fact => ({ value: and(a.value, b.value), evidence: [...a.evidence, ...b.evidence] })
const without = (a: Fact): Fact => ({ ...a, value: not(a.value) })

/** What New-SendConnector refuses, or of which one part is without effect. */
const contradictions: Readonly<Record<string, (s: SendConnector) => Fact>> = {
  'level-not-required': (s) => both(level(s), without(required(s))),
  'level-ignored': (s) => both(level(s), ignored(s)),
  'required-ignored': (s) => both(required(s), ignored(s)),
  'hosts-and-dns': (s) => both(hasSmartHosts(s), dns(s)),
  'no-way': (s) => both(without(hasSmartHosts(s)), without(dns(s))),
  'secure-without-dns': (s) => both(secure(s), without(dns(s))),
  'secure-ignored': (s) => both(secure(s), ignored(s)),
  'foreign-without-host': (s) => both(foreign(s), without(hasSmartHosts(s))),
}

type Found = Fact & { readonly key: string }

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const s of sendConnectorsOf(config)) {
    const enabled = isTrue(s.enabled)
    if (enabled === 'no') continue
    const facts = Object.entries(contradictions).map(([key, of]) => ({ key, ...of(s) }))
    const found = facts.filter((f) => f.value === 'yes')
    yield verdictOn(s, and(enabled, or(...facts.map((f) => f.value))), () => failure(s, found))
  }
}

function failure(s: SendConnector, found: readonly Found[]): Fail {
  return failOn(s, {
    severity: 'medium',
    exposure: 'internet',
    params: {
      connector: s.name,
      first: found[0]?.key.replaceAll('-', '') ?? '', // a choice in a sentence takes no hyphens
      contradictions: found.length,
      ignored: found.every((f) => f.key.endsWith('ignored')) ? 'only' : 'no',
    },
    evidence: nonEmpty(found.flatMap((f) => f.evidence)),
    conditions: found.map(({ key, evidence: [proof] }) => ({
      key,
      value: 'yes',
      ...(proof ? { evidence: proof } : {}),
    })),
  })
}

/** What was asked for is kept: TLS where a level or RequireTLS asks for it, smart hosts where there are some. */
function settled(s: SendConnector): Readonly<Record<string, Code>> {
  const is = (f: Fact) => f.value === 'yes'
  const hosts = hasSmartHosts(s)
  const needsHost = is(foreign(s)) && hosts.value === 'no'
  return {
    ...(is(level(s)) && !is(required(s)) ? { RequireTLS: bool(true) } : {}),
    ...(is(ignored(s)) && (is(level(s)) || is(required(s)) || is(secure(s))) ? { IgnoreSTARTTLS: bool(false) } : {}),
    ...(needsHost ? { SmartHosts: askHost } : {}),
    ...(is(hosts) || needsHost
      ? is(dns(s))
        ? { DNSRoutingEnabled: bool(false) }
        : {}
      : is(dns(s))
        ? {}
        : { DNSRoutingEnabled: bool(true) }),
    ...(is(secure(s)) && is(hosts) ? { DomainSecureEnabled: bool(false) } : {}),
  }
}

const askHost = ask('smart-host', {
  en: 'Host name of the gateway that delivers to this address space, in quotes',
  de: 'Hostname des Gateways, das an diesen Adressraum zustellt, in Anführungszeichen',
})

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const connectors = objectsOf(config.sendConnectors, 'sendConnector', members)
  const stricter = connectors.some((s) => known(s.requireTLS) !== true && level(s).value === 'yes')
  return setProperties(connectors, {
    set: settled,
    alsoShow: ['AddressSpaces', 'SmartHosts', 'TlsAuthLevel'],
    before: stricter
      ? [
          comment(
            'With RequireTLS mail waits in the queue when the other side offers no TLS or its certificate does not pass. Clear TlsAuthLevel instead if that was not meant.',
          ),
        ]
      : [],
    effect: 'reconnect',
    minutes: 10,
  })
}
