import { serviceOf, usesExternalDns } from '../../mailflow/external-dns'
import { sendConnectorsOf } from '../../mailflow/hybrid-connectors'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { listOf } from '../../mailflow/property-of'
import { nonEmpty } from '../../mailflow/receive-evidence'
import { failOn } from '../../mailflow/verdict-on'
import { type ConfigObject, isUnset, known, knownPart, type SendConnector } from '../../model'
import { list, objectsOf, setProperties, wholeList } from '../../remediation'
import { defineRule, evidence, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'external-dns-servers-differ',
  family: 'closed-mail',
  question: 6,
  severities: ['medium'],
  needs: ['sendConnectors'],
  optional: ['transportServices'],
  reads: {
    sendConnectors: ['Enabled', 'UseExternalDNSServersEnabled', 'SourceTransportServers'],
    transportServices: ['ExternalDNSServers'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-transportservice#-externaldnsservers',
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector#-useexternaldnsserversenabled',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

const serversOf = (service: ConfigObject) => listOf(service, 'ExternalDNSServers')

/** The set as one text; undefined where it is not wholly known. */
function setOf(service: ConfigObject): string | undefined {
  const p = serversOf(service)
  if (isUnset(p) === 'yes') return ''
  return known(p)
    ?.map((a) => a.trim().toLowerCase())
    .sort()
    .join(' ')
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const s of sendConnectorsOf(config)) {
    const uses = usesExternalDns(s)
    const sources = knownPart(s.sourceTransportServers) ?? []
    const isWhole = s.sourceTransportServers.state === 'ok'
    if (uses.value === 'no' || (isWhole && sources.length < 2)) continue
    const services = sources.map((server) => ({ server, service: serviceOf(config, server) }))
    const known = services.flatMap(({ service }) => (service && setOf(service) !== undefined ? [service] : []))
    const sets = new Set(known.map((t) => setOf(t)))
    if (uses.value === 'yes' && sets.size > 1) {
      yield failure(s, known)
      continue
    }
    const open = services.filter(({ service }) => !service || setOf(service) === undefined).map((o) => o.server)
    const missing: Missing[] = [
      ...(uses.value === 'unknown' || !isWhole ? [exportOfObject(s)] : []),
      ...(open.length > 0 ? [exportOf('transportServices', 'on-premises', open)] : []),
    ]
    const [first, ...rest] = missing
    yield first
      ? { state: 'not-assessed', object: refOf(s), missing: [first, ...rest] }
      : { state: 'pass', object: refOf(s) }
  }
}

function failure(s: SendConnector, services: readonly ConfigObject[]): Fail {
  const [first] = services
  const other = services.find((t) => first && setOf(t) !== setOf(first))
  const shown = (t: ConfigObject | undefined) => (t && knownPart(serversOf(t))?.join(', ')) || '{}'
  const proof = evidence(first ? serversOf(first) : s.sourceTransportServers)
  return failOn(s, {
    severity: 'medium',
    exposure: 'none',
    objects: [refOf(s), ...services.map(refOf)],
    params: {
      connector: s.id,
      server: first?.id ?? '',
      dns: shown(first),
      other: other?.id ?? '',
      otherDns: shown(other),
    },
    evidence: nonEmpty([...services.map((t) => evidence(serversOf(t))), ...usesExternalDns(s).evidence]),
    conditions: [
      { key: 'uses', value: 'yes', evidence: evidence(s.sourceTransportServers) },
      { key: 'differ', value: 'yes', evidence: proof },
    ],
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const services = objectsOf(config.transportServices, 'transportService', members)
  // The list that names most servers is the one that somebody cared for.
  const longest = [...services].sort(
    (a, b) => (knownPart(serversOf(b))?.length ?? 0) - (knownPart(serversOf(a))?.length ?? 0),
  )[0]
  const wanted = (longest && knownPart(serversOf(longest))) ?? []
  return setProperties(services, {
    set: () => ({ ExternalDNSServers: list(wanted) }),
    before: [wholeList('ExternalDNSServers')],
    alsoShow: ['ExternalDNSAdapterEnabled'],
    effect: 'reconnect',
    minutes: 10,
  })
}
