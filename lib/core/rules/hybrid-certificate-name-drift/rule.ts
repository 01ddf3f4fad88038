import {
  type Connector,
  isHybridConnector,
  isUnnamed,
  namingConnectors,
  pairNamed,
} from '../../mailflow/certificate-usage'
import { allOf, fact } from '../../mailflow/fact'
import { forestOf, forestsOf } from '../../mailflow/forest'
import { strongHybridEvidence } from '../../mailflow/hybrid'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { nonEmpty } from '../../mailflow/receive-evidence'
import {
  type Config,
  type HybridConfiguration,
  isTrue,
  isUnset,
  type ReceiveConnector,
  type SendConnector,
  type Tri,
} from '../../model'
import { comment, setProperties, str, wizardRemark } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-certificate-name-drift',
  family: 'certificates',
  question: 4,
  severities: ['medium'],
  needs: ['sendConnectors', 'receiveConnectors'],
  optional: ['hybridConfigurations', 'servers'],
  reads: {
    sendConnectors: [
      'Enabled',
      'TlsCertificateName',
      'AddressSpaces',
      'SmartHosts',
      'CloudServicesMailEnabled',
      'DistinguishedName',
    ],
    receiveConnectors: ['Enabled', 'TlsCertificateName', 'TlsDomainCapabilities', 'TransportRole', 'DistinguishedName'],
    hybridConfigurations: ['TlsCertificateName', 'DistinguishedName'],
    servers: ['AdminDisplayVersion'],
  },
  references: [
    'https://learn.microsoft.com/exchange/certificate-requirements',
    'https://learn.microsoft.com/powershell/module/exchange/set-hybridconfiguration#-tlscertificatename',
  ],
  frameworks: {},
  absorbs: [
    {
      rule: 'hybrid-receive-servers-inconsistent',
      same: 'organisation',
      when: (_, a) => a.params.difference === 'name',
    },
  ],
  check,
  fix,
})

type Named = ReceiveConnector | SendConnector | HybridConfiguration

type HybridObject = { readonly o: Named; readonly hybrid: Tri }

/** Connectors of hybrid mail and the hybrid configuration, in the order in which a tie is decided: the configuration is the model. */
function hybridObjects(config: Config): readonly HybridObject[] {
  return [
    ...config.hybridConfigurations.map((o) => ({ o, hybrid: 'yes' as const })),
    ...namingConnectors(config).map((o) => ({
      o,
      hybrid: allOf([fact(isTrue(o.enabled), o.enabled), isHybridConnector(o)]).value,
    })),
  ].filter((x) => x.hybrid !== 'no')
}

/** Each forest has its own certificate. What does not tell its forest belongs to the only one there is. */
function* check({ config }: RuleContext): Iterable<Verdict> {
  const objects = hybridObjects(config)
  if (!objects.some((x) => x.hybrid === 'yes')) {
    const hybrid = strongHybridEvidence(config).value
    if (hybrid === 'unknown') yield { state: 'not-assessed', missing: [exportOf('hybridConfigurations')] }
    if (hybrid !== 'yes') return
    if (objects.length === 0) yield { state: 'pass' }
  }
  const forests = forestsOf(config)
  const only = forests.length === 1 ? forests[0] : undefined
  const byForest = new Map<string | undefined, HybridObject[]>()
  for (const x of objects) {
    const forest = forestOf(x.o) ?? only
    const members = byForest.get(forest)
    if (members) members.push(x)
    else byForest.set(forest, [x])
  }
  for (const members of byForest.values()) yield* judge(members, config)
}

const unnamed = (config: Config, o: Named): Tri =>
  o.collection === 'hybridConfigurations' ? isUnset(o.tlsCertificateName) : isUnnamed(config, o as Connector)

function* judge(objects: readonly HybridObject[], config: Config): Iterable<Verdict> {
  const named = objects
    .filter((x) => x.hybrid === 'yes' && pairNamed(x.o.tlsCertificateName) !== undefined)
    .map((x) => x.o)
  const open = objects.filter(
    (x) => unnamed(config, x.o) !== 'yes' && (x.hybrid === 'unknown' || x.o.tlsCertificateName.state !== 'ok'),
  )
  const pairs = named.map((o) => pairNamed(o.tlsCertificateName) ?? '')
  const model = mostFrequent(pairs)
  const modelObject = named[pairs.indexOf(model)]
  const others = named.filter((_, i) => pairs[i] !== model)
  if (modelObject) for (const o of others) yield failure(o, modelObject, new Set(pairs).size)
  if (others.length > 0) return
  if (open.length > 0) yield { state: 'not-assessed', missing: nonEmpty(open.map((x) => exportOfObject(x.o))) }
  else yield { state: 'pass' }
}

/** The value that most have; of equally frequent ones the first. */
function mostFrequent(values: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const v of values) counts.set(v, (counts.get(v) ?? 0) + 1)
  const most = Math.max(0, ...counts.values())
  return [...counts.keys()].find((v) => counts.get(v) === most) ?? ''
}

const textOfName = (o: Named): string => (o.tlsCertificateName.state === 'ok' ? o.tlsCertificateName.value.text : '')

function failure(o: Named, model: Named, names: number): Fail {
  const [own, other] = [evidence(o.tlsCertificateName), evidence(model.tlsCertificateName)]
  return {
    state: 'fail',
    key: '',
    side: 'on-premises',
    severity: 'medium',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'cloud',
    objects: [refOf(o)],
    params: {
      connector: nameOf(o),
      name: textOfName(o),
      model: nameOf(model),
      modelName: textOfName(model),
      names,
      kind: o.collection === 'sendConnectors' ? 'send' : o.collection === 'receiveConnectors' ? 'receive' : 'hybrid',
    },
    evidence: [own, other],
    conditions: [
      { key: 'hybrid', value: 'yes', evidence: own },
      { key: 'differs', value: 'yes', evidence: other },
    ],
  }
}

const nameOf = (o: Named): string => (o.collection === 'hybridConfigurations' ? o.name : o.id)

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const modelOf = new Map(members.map((m) => [`${m.objects[0].kind} ${m.objects[0].id}`, String(m.params.modelName)]))
  const key = (o: Named) => `${refOf(o).kind} ${o.id}`
  const objects = [...namingConnectors(config), ...config.hybridConfigurations].filter((o) => modelOf.has(key(o)))
  return setProperties(objects, {
    set: (o) => ({ TlsCertificateName: str(modelOf.get(key(o as Named)) ?? '') }),
    before: [
      comment(
        'Every server of these connectors needs the certificate that is entered here, with its key and bound to SMTP.',
      ),
    ],
    after: [comment('Then run the Hybrid Configuration Wizard and choose the same certificate there.'), wizardRemark],
    effect: 'reconnect',
    minutes: 15,
  })
}
