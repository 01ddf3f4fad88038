import { endsWithin, hasPassed, isBuiltInCertificate, momentOf, renewalWindow } from '../../mailflow/certificate-facts'
import { certificateNames, isNamedBy, nameMatch } from '../../mailflow/certificate-selection'
import {
  canServe,
  certificateReads,
  isHybridConnector,
  isSend,
  namingConnectors,
  serversOfConnector,
} from '../../mailflow/certificate-usage'
import { certificateUses, inventoryOf, sideOf, type Use } from '../../mailflow/certificate-uses'
import { verdictOnUnseen } from '../../mailflow/known-servers'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { nonEmpty } from '../../mailflow/receive-evidence'
import {
  and,
  type Certificate,
  type Config,
  isTrue,
  known,
  not,
  or,
  type TlsCertificateName,
  type Tri,
  tri,
} from '../../model'
import {
  backupObject,
  certificateName,
  comment,
  copyCertificate,
  fixOf,
  forEachObject,
  placeOfWork,
  restoreObject,
  setObject,
  showObject,
  str,
  wizardRemark,
} from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'tls-certificate-name-stale',
  family: 'certificates',
  question: 5,
  severities: ['critical', 'high'],
  needs: ['certificates'],
  optional: ['receiveConnectors', 'sendConnectors', 'servers'],
  eitherOf: ['receiveConnectors', 'sendConnectors'],
  reads: {
    ...certificateReads,
  },
  references: [
    'https://learn.microsoft.com/exchange/troubleshoot/mailflow/cannot-remove-installed-certificate',
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector#-tlscertificatename',
  ],
  frameworks: {},
  absorbs: [
    { rule: 'certificate-expired', same: 'certificate' },
    { rule: 'certificate-expiring', same: 'certificate' },
    { rule: 'hybrid-certificate-name-drift', same: 'connector' },
    { rule: 'log-expired-certificate-offered', same: 'certificate' },
  ],
  check,
  fix,
})

function* check(context: RuleContext): Iterable<Verdict> {
  const answers: Answers = new Map()
  for (const use of certificateUses(context.config, context.asOf)) {
    if (use.search.by === 'name') yield* judge(use, use.search.name, context, answers)
    else if (use.search.by === 'unknown' && use.missing)
      yield { state: 'not-assessed', object: refOf(use.connector), missing: [use.missing] }
  }
  // Without its source servers nobody knows whose certificates a connector takes.
  for (const c of context.config.sendConnectors)
    if (
      c.sourceTransportServers.state === 'missing' &&
      c.tlsCertificateName.state === 'ok' &&
      isTrue(c.enabled) !== 'no'
    )
      yield { state: 'not-assessed', object: refOf(c), missing: [exportOfObject(c)] }
  yield* verdictOnUnseen(context.config)
}

/** Has it run out, or is it due for renewal? */
function isDue(c: Certificate, asOf: Date): Tri {
  const window = renewalWindow(c)
  return or(hasPassed(c.notAfter, asOf), window === undefined ? 'unknown' : endsWithin(c.notAfter, asOf, window))
}

const overlaps = (a: Certificate, b: Certificate): boolean =>
  certificateNames(a).some((x) => certificateNames(b).some((y) => nameMatch(x, y) || nameMatch(y, x)))

const startsLater = (a: Certificate, b: Certificate): Tri => {
  const [x, y] = [momentOf(a.notBefore), momentOf(b.notBefore)]
  return x && y ? tri(x.at > y.at) : 'unknown'
}

/** Is it what the named certificate was renewed as: newer, valid, for the same names, under another issuer or subject? */
function succeeds(c: Certificate, old: Certificate, name: TlsCertificateName, asOf: Date): Tri {
  const later = startsLater(c, old)
  if (later === 'no' || !overlaps(c, old)) return 'no'
  const selfSigned = isTrue(c.isSelfSigned)
  return and(
    later,
    not(isNamedBy(c, name)),
    not(isBuiltInCertificate(c)),
    selfSigned === 'no' ? 'yes' : and(selfSigned, isTrue(old.isSelfSigned)),
    canServe(c, asOf),
  )
}

type Answer = { readonly c: Certificate; readonly is: Tri }
/** By server and what is picked there: many connectors ask the same. */
type Answers = Map<string, readonly Answer[]>

function* judge(use: Use, name: TlsCertificateName, { config, asOf }: RuleContext, known: Answers): Iterable<Verdict> {
  const { connector, picked, server } = use
  const object = refOf(connector)
  const asked = exportOf('certificates', sideOf(config, server), [server])
  const [old] = picked
  if (!old) {
    if (use.missing) yield { state: 'not-assessed', object, missing: [use.missing] }
    return
  }
  const due = picked.map((c) => isDue(c, asOf))
  if (due.every((d) => d === 'no') && !use.missing) {
    yield { state: 'pass', object }
    return
  }
  const { certificates, whole } = inventoryOf(config, server)
  const key = `${server} ${picked.map((p) => p.id).join(' ')}`
  const answers =
    known.get(key) ?? certificates.map((c) => ({ c, is: and(...picked.map((p) => succeeds(c, p, name, asOf))) }))
  known.set(key, answers)
  const enabled = isTrue(connector.enabled)
  const successor = answers.find((a) => a.is === 'yes')?.c
  if (enabled === 'yes' && successor && !use.missing && due.every((d) => d === 'yes'))
    yield failure(use, old, successor, asOf)
  else if (!use.missing && answers.every((a) => a.is === 'no') && whole === 'yes') yield { state: 'pass', object }
  else
    yield {
      state: 'not-assessed',
      object,
      missing: nonEmpty([
        ...(use.missing ? [use.missing] : []),
        ...(enabled === 'unknown' ? [exportOfObject(connector)] : []),
        asked,
      ]),
    }
}

function failure({ connector, server }: Use, old: Certificate, successor: Certificate, asOf: Date): Fail {
  const hybrid = isHybridConnector(connector)
  const expired = hasPassed(old.notAfter, asOf)
  const line = evidence(connector.tlsCertificateName)
  return {
    state: 'fail',
    key: cloneKey(connector),
    side: connector.side,
    severity: hybrid.value === 'yes' && expired === 'yes' ? 'critical' : 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(connector), refOf(old)],
    params: {
      connector: connector.id,
      kind: isSend(connector) ? 'send' : 'receive',
      server,
      expired: expired === 'yes' ? 'yes' : 'no',
      until: momentOf(old.notAfter)?.at ?? 0,
      asOf: asOf.getTime(),
      newUntil: momentOf(successor.notAfter)?.at ?? 0,
      newName: certificateName(successor) ?? successor.thumbprint,
    },
    evidence: [
      line,
      evidence(old.notAfter),
      evidence(successor.subject),
      evidence(successor.issuer),
      ...hybrid.evidence,
    ],
    conditions: [
      { key: 'names-old', value: 'yes', evidence: line },
      { key: 'due', value: 'yes', evidence: evidence(old.notAfter) },
      { key: 'successor', value: 'yes', evidence: evidence(successor.issuer) },
      { key: 'hybrid', value: hybrid.value, ...(hybrid.evidence[0] ? { evidence: hybrid.evidence[0] } : {}) },
      { key: 'expired', value: expired, evidence: evidence(old.notAfter) },
    ],
    ...(expired === 'yes' && hybrid.value === 'unknown' ? { couldRaise: [exportOfObject(connector)] } : {}),
  }
}

/** The newest successor on any server of the connector; the others get a copy of it before the connector names it. */
function successorOf(config: Config, asOf: Date, ids: ReadonlySet<string>): Certificate | undefined {
  const all = certificateUses(config, asOf).flatMap((use) => {
    const [old] = use.picked
    const { search } = use
    if (search.by !== 'name' || !old || !ids.has(use.connector.id)) return []
    return inventoryOf(config, use.server).certificates.filter((c) => succeeds(c, old, search.name, asOf) === 'yes')
  })
  return [...all].sort((a, b) => ((known(a.notBefore) ?? '') < (known(b.notBefore) ?? '') ? 1 : -1))[0]
}

function fix(members: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  const ids = new Set(members.map((m) => m.objects[0].id))
  const connectors = namingConnectors(config).filter((c) => ids.has(c.id))
  const successor = successorOf(config, asOf, ids)
  const name = successor && certificateName(successor)
  if (!successor || name === undefined) return null
  const servers = [...new Set(connectors.flatMap(serversOfConnector))]
  const lacking = servers.filter((s) => !inventoryOf(config, s).certificates.some((c) => certificateName(c) === name))
  return fixOf({
    backup: forEachObject(connectors, (c) => [backupObject(c)]),
    change: [
      ...(lacking.length > 0 ? [comment('Every server of the connectors needs the new certificate first.')] : []),
      ...forEachObject(lacking, (s) => copyCertificate(successor, s, sideOf(config, s) === 'edge')),
      ...forEachObject(connectors, (c) => [setObject(c, { TlsCertificateName: str(name) })]),
      comment('Then choose the new certificate in the Hybrid Configuration Wizard, where it made these connectors.'),
    ],
    check: [...forEachObject(connectors, (c) => [showObject(c, ['TlsCertificateName'])]), wizardRemark],
    rollback: forEachObject(connectors, (c) => restoreObject(c, ['TlsCertificateName'])),
    effect: 'reconnect',
    minutes: 20,
    runsOn: placeOfWork(connectors),
  })
}
