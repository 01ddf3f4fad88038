import { serviceOf, usesExternalDns } from '../../mailflow/external-dns'
import { sendConnectorsOf } from '../../mailflow/hybrid-connectors'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { flagOf, listOf } from '../../mailflow/property-of'
import { nonEmpty } from '../../mailflow/receive-evidence'
import { failOn } from '../../mailflow/verdict-on'
import { type ConfigObject, isTrue, isUnset, knownPart, type SendConnector, type Tri } from '../../model'
import { ask, bool, objectsOf, setProperties } from '../../remediation'
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
  id: 'external-dns-ineffective',
  family: 'closed-mail',
  question: 5,
  severities: ['medium'],
  needs: ['sendConnectors'],
  optional: ['transportServices'],
  reads: {
    sendConnectors: ['Enabled', 'UseExternalDNSServersEnabled', 'SourceTransportServers'],
    transportServices: ['ExternalDNSAdapterEnabled', 'ExternalDNSServers'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-transportservice#-externaldnsadapterenabled',
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector#-useexternaldnsserversenabled',
  ],
  frameworks: {},
  absorbs: [{ rule: 'external-dns-servers-differ', same: 'connector' }],
  check,
  fix,
})

type Found = { readonly service: ConfigObject; readonly cause: 'adapter' | 'empty'; readonly proof: EvidenceRef }

/** On one source server: does it use the network adapter's servers although others were meant? */
function ineffective(service: ConfigObject): { readonly value: Tri; readonly found?: Found } {
  const adapter = flagOf(service, 'ExternalDNSAdapterEnabled')
  const servers = listOf(service, 'ExternalDNSServers')
  if (isTrue(adapter) === 'yes') return { value: 'yes', found: { service, cause: 'adapter', proof: evidence(adapter) } }
  if (isUnset(servers) === 'yes') return { value: 'yes', found: { service, cause: 'empty', proof: evidence(servers) } }
  return { value: isTrue(adapter) === 'no' && isUnset(servers) === 'no' ? 'no' : 'unknown' }
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const s of sendConnectorsOf(config)) {
    const uses = usesExternalDns(s)
    if (uses.value === 'no') continue
    const sources = knownPart(s.sourceTransportServers) ?? []
    const answers = sources.map((server) => ({ server, service: serviceOf(config, server) }))
    const judged = answers.map((a) => ({
      ...a,
      ...(a.service ? ineffective(a.service) : { value: 'unknown' as const }),
    }))
    const found = judged.flatMap((j) => ('found' in j && j.found ? [j.found] : []))
    if (uses.value === 'yes' && found.length > 0) yield failure(s, uses.evidence, found)
    const open = judged.filter((j) => j.value === 'unknown').map((j) => j.server)
    const missing: Missing[] = [
      ...(uses.value === 'unknown' || s.sourceTransportServers.state !== 'ok' ? [exportOfObject(s)] : []),
      ...(open.length > 0 ? [exportOf('transportServices', 'on-premises', open)] : []),
    ]
    const [first, ...rest] = missing
    if (first) yield { state: 'not-assessed', object: refOf(s), missing: [first, ...rest] }
    else if (found.length === 0) yield { state: 'pass', object: refOf(s) }
  }
}

function failure(s: SendConnector, uses: readonly EvidenceRef[], found: readonly Found[]): Fail {
  const [first] = found
  return failOn(s, {
    severity: 'medium',
    exposure: 'none',
    objects: [refOf(s), ...found.map((f) => refOf(f.service))],
    params: {
      connector: s.id,
      cause: first?.cause ?? '',
      server: first?.service.id ?? '',
      servers: found.length,
    },
    evidence: nonEmpty([...uses, ...found.map((f) => f.proof)]),
    conditions: [
      { key: 'uses', value: 'yes', ...(uses[0] ? { evidence: uses[0] } : {}) },
      { key: 'no-effect', value: 'yes', ...(first ? { evidence: first.proof } : {}) },
    ],
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const services = objectsOf(config.transportServices, 'transportService', members)
  const empty = services.filter((t) => isUnset(listOf(t, 'ExternalDNSServers')) !== 'no')
  const dns = ask('dns-servers', {
    en: 'Addresses of the DNS servers to ask, each in quotes, with commas between them',
    de: 'Adressen der zu befragenden DNS-Server, je in Anführungszeichen und durch Kommas getrennt',
  })
  return setProperties(services, {
    set: (t) => ({
      ExternalDNSAdapterEnabled: bool(false),
      ...(empty.includes(t) ? { ExternalDNSServers: dns } : {}),
    }),
    alsoShow: ['ExternalDNSServers'],
    effect: 'reconnect',
    minutes: 10,
  })
}
