import type { Fact } from '../../mailflow/fact'
import { hybridRecv } from '../../mailflow/hybrid'
import { hybridSend } from '../../mailflow/hybrid-connectors'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { numberOf } from '../../mailflow/property-of'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { isSendListed, organisationSend } from '../../mailflow/source-servers'
import { failOn, openOn, verdictOn } from '../../mailflow/verdict-on'
import {
  and,
  type Config,
  type ConfigObject,
  isTrue,
  known,
  or,
  type Property,
  type ReceiveConnector,
  type SendConnector,
  type Tri,
  tri,
} from '../../model'
import { comment, setProperties, str, wizardSendRemark } from '../../remediation'
import { defineRule, evidence, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'message-size-mismatch',
  family: 'send-routing',
  question: 5,
  severities: ['low'],
  needs: ['sendConnectors', 'receiveConnectors'],
  optional: ['transportConfigs'],
  reads: {
    sendConnectors: ['Enabled', 'AddressSpaces', 'SmartHosts', 'CloudServicesMailEnabled', 'MaxMessageSize'],
    receiveConnectors: ['Enabled', 'TlsDomainCapabilities', 'MaxMessageSize'],
    transportConfigs: ['MaxSendSize', 'MaxReceiveSize'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/message-size-limits',
    'https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** Setup itself leaves 35 MB on send and 36 MB on receive connectors: a tenth is no mismatch. */
const TOLERANCE = 0.9

const sizeOf = (o: ConfigObject): Property<number> => numberOf(o, 'MaxMessageSize')

type Limit = { readonly property: Property<number>; readonly of: string; readonly missing: Missing }

/** What the organisation allows: the smaller of both directions decides, so that each has to be known. */
function organisationLimits(config: Config): readonly Limit[] {
  const missing = exportOf('transportConfigs')
  const limit = (o: ConfigObject, name: string): Limit => ({ property: numberOf(o, name), of: name, missing })
  return config.transportConfigs
    .filter((o) => o.side !== 'edge')
    .flatMap((o) => [limit(o, 'MaxSendSize'), limit(o, 'MaxReceiveSize')])
}

type Hybrid = { readonly object: SendConnector | ReceiveConnector; readonly is: Fact; readonly direction: 'out' | 'in' }

const hybridConnectors = (config: Config): readonly Hybrid[] =>
  [
    ...organisationSend(config).map((object): Hybrid => ({ object, is: hybridSend(object), direction: 'out' })),
    ...config.receiveConnectors.map((object): Hybrid => ({ object, is: hybridRecv(object), direction: 'in' })),
  ].filter((h) => isTrue(h.object.enabled) !== 'no' && h.is.value !== 'no')

/** Is the size less than nine tenths of the other? */
function isSmaller(size: Property<number>, other: Property<number>): Tri {
  const [a, b] = [known(size), known(other)]
  return a === undefined || b === undefined ? 'unknown' : tri(a < TOLERANCE * b)
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  const connectors = hybridConnectors(config)
  const limits = organisationLimits(config)
  for (const h of connectors) {
    if (h.is.value === 'unknown') yield openOn(h.object)
    else yield judge(h, connectors, limits)
  }
  const whole = isListedWhole(config, 'receiveConnectors') === 'yes' && isSendListed(config) === 'yes'
  if (connectors.length === 0 && !whole)
    yield { state: 'not-assessed', missing: [exportOf('sendConnectors'), exportOf('receiveConnectors')] }
}

function judge(h: Hybrid, connectors: readonly Hybrid[], organisation: readonly Limit[]): Verdict {
  const size = sizeOf(h.object)
  const others = connectors
    .filter((o) => o.direction !== h.direction && o.is.value === 'yes')
    .map((o): Limit => ({ property: sizeOf(o.object), of: o.object.id, missing: exportOfObject(o.object) }))
  const less = organisation.map((l) => isSmaller(size, l.property))
  const belowAll: Tri = organisation.length === 0 ? 'unknown' : and(...less)
  const belowOther = others.filter((o) => isSmaller(size, o.property) === 'yes')
  const value = and(isTrue(h.object.enabled), or(belowAll, ...others.map((o) => isSmaller(size, o.property))))
  const open = [...organisation, ...others].filter((l) => known(l.property) === undefined).map((l) => l.missing)
  const lacking =
    known(size) === undefined || isTrue(h.object.enabled) === 'unknown'
      ? []
      : organisation.length === 0
        ? [exportOf('transportConfigs'), ...open]
        : open
  return verdictOn(
    h.object,
    value,
    () => failure(h, belowAll === 'yes' ? organisation : belowOther, belowAll, belowOther),
    lacking,
  )
}

const MB = 1024 * 1024
/** Whole and half megabytes are enough to recognise a limit. */
const megabytes = (bytes: number | undefined): number =>
  Math.round((Math.min(bytes ?? 0, Number.MAX_SAFE_INTEGER) / MB) * 2) / 2

/** The least that would be enough: what the organisation allows, or the other direction, whichever it falls short of. */
function wanted(limits: readonly Limit[], belowOther: readonly Limit[], belowAll: Tri): number {
  const sizes = (of: readonly Limit[]) => of.flatMap((l) => known(l.property) ?? [])
  return Math.max(belowAll === 'yes' ? Math.min(...sizes(limits)) : 0, ...sizes(belowOther))
}

function failure(h: Hybrid, limits: readonly Limit[], belowAll: Tri, belowOther: readonly Limit[]): Fail {
  const { object } = h
  const size = evidence(sizeOf(object))
  const enough = wanted(limits, belowOther, belowAll)
  const [first] = limits.flatMap((l) => evidenceOf(l.property))
  const [sign] = h.is.evidence
  return failOn(object, {
    severity: 'low',
    exposure: 'cloud',
    params: {
      connector: object.id,
      direction: h.direction,
      size: megabytes(known(sizeOf(object))),
      wanted: megabytes(enough),
      limit: Number.isFinite(enough) ? 'some' : 'none',
      bytes: Number.isFinite(enough) ? enough : 0,
      compared: belowAll === 'yes' ? 'organisation' : 'connector',
      other: limits[0]?.of ?? '',
    },
    evidence: [size, ...limits.flatMap((l) => evidenceOf(l.property)).slice(0, 4)],
    conditions: [
      { key: 'hybrid', value: 'yes', ...(sign ? { evidence: sign } : {}) },
      { key: 'smaller', value: 'yes', evidence: first ?? size },
    ],
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const sizes = new Map(members.map((m) => [m.objects[0].id, m.params]))
  const all: readonly ConfigObject[] = [...config.sendConnectors, ...config.receiveConnectors]
  return setProperties(
    all.filter((o) => sizes.has(o.id) && o.side !== 'exchange-online'),
    {
      set: (o) => {
        const params = sizes.get(o.id)
        return { MaxMessageSize: str(params?.limit === 'none' ? 'Unlimited' : String(params?.bytes)) }
      },
      before: [
        comment(
          'Encoding makes a message about a third larger than its attachments. Exchange Online takes messages of up to 150 MB from and to the outside.',
        ),
      ],
      after: [wizardSendRemark],
      effect: 'reconnect',
      minutes: 5,
    },
  )
}
