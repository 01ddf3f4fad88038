import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { isOpenToStrangers } from '../../mailflow/firewall'
import { mxPlace } from '../../mailflow/mx'
import { refOf } from '../../mailflow/object-ref'
import { anonSubmit, hasGroup } from '../../mailflow/permissions'
import { takesAny } from '../../mailflow/ranges'
import { evidenceOf, missingFor, unlisted } from '../../mailflow/receive-evidence'
import { and, contains, isTrue, known, type ReceiveConnector, tri } from '../../model'
import {
  ask,
  backupConnector,
  command,
  comment,
  fixOf,
  forEachObject,
  type Line,
  list,
  restoreConnector,
  run,
  runsOnFor,
  setConnector,
  showConnector,
  str,
  wizardRemark,
} from '../../remediation'
import { type Answers, defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'anonymous-inbound-open',
  family: 'relay',
  question: 3,
  severities: ['medium', 'info'],
  needs: ['receiveConnectors'],
  optional: [],
  reads: { receiveConnectors: ['Enabled', 'Bindings', 'RemoteIPRanges', 'PermissionGroups'] },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/manage-mail-flow-using-third-party-cloud',
  ],
  frameworks: { BSI: ['APP.5.2.A9'] },
  absorbs: [
    {
      rule: 'own-domain-spoofing-anonymous',
      same: 'organisation',
      when: (_, absorbed) => absorbed.severity === 'info',
    },
  ],
  check,
  fix,
})

/** One verdict a connector, all under one key: the organisation has one such finding, and a connector can go under another lead. */
function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  const mx = mxPlace(config, answers)
  let isOpen = false
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    const port = contains(c.bindings, (b) => b.port === 25)
    const submit = anonSubmit(config, c)
    const value = and(enabled, port, takesAny(c), submit, tri(mx !== 'here'))
    const object = refOf(c)
    if (value === 'yes') {
      isOpen = true
      yield failure(c, mx === 'elsewhere', answers)
    } else if (value === 'no') yield { state: 'pass', object }
    else {
      const groups = known(c.permissionGroups) === undefined ? 'unknown' : 'yes'
      yield {
        state: 'not-assessed',
        object,
        missing: missingFor(c, [enabled, port, takesAny(c), groups], groups === 'unknown' ? 'yes' : submit),
      }
    }
  }
  // Setup leaves an open connector on every server: where not all were listed, those that were do not stand for the rest.
  const rest = isOpen || mx === 'here' ? undefined : unlisted(config)
  if (rest) yield { state: 'not-assessed', missing: [rest] }
}

function failure(c: ReceiveConnector, elsewhere: boolean, answers: Answers): Fail {
  const byGroup = hasGroup(c, 'AnonymousUsers') === 'yes'
  const [groups] = evidenceOf(c.permissionGroups)
  return {
    state: 'fail',
    key: '',
    side: 'on-premises',
    severity: elsewhere ? 'medium' : 'info',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'internet',
    objects: [refOf(c)],
    params: { connector: c.id, mx: elsewhere ? 'elsewhere' : 'unknown' },
    evidence: [evidence(c.remoteIPRanges), ...evidenceOf(c.permissionGroups, c.bindings)],
    conditions: [
      { key: 'port', value: 'yes', evidence: evidence(c.bindings) },
      { key: 'any-address', value: 'yes', evidence: evidence(c.remoteIPRanges) },
      { key: 'anonymous', value: 'yes', ...(byGroup && groups ? { evidence: groups } : {}) },
      { key: 'mx-elsewhere', value: elsewhere ? 'yes' : 'unknown' },
      { key: 'reachable', value: isOpenToStrangers(answers) },
    ],
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  // The shipped state: nothing is wrong with it while mail arrives here.
  if (members.every((m) => m.severity === 'info')) return null
  const connectors = connectorsOfMembers(config, members)
  const senders = ask('gateway-addresses', {
    en: 'Addresses that may deliver: your gateway or Exchange Online, each in quotes, with commas between them',
    de: 'Adressen, die zustellen dürfen: Ihr Gateway oder Exchange Online, je in Anführungszeichen und durch Kommas getrennt',
  })
  const groups = (c: ReceiveConnector) =>
    (known(c.permissionGroups) ?? []).filter((g) => !['anonymoususers', 'custom'].includes(g.toLowerCase()))
  const entrance = (c: ReceiveConnector) =>
    command('New-ReceiveConnector', {
      Name: str(ENTRANCE),
      ...(c.server === null ? {} : { Server: str(c.server) }),
      ...(c.side === 'edge' ? {} : { TransportRole: str('FrontendTransport') }),
      Custom: true,
      Bindings: str('0.0.0.0:25'),
      RemoteIPRanges: senders,
      AuthMechanism: list(['Tls']),
      PermissionGroups: list(['AnonymousUsers']),
    })
  const change = (c: ReceiveConnector): readonly Line[] => [
    run(entrance(c)),
    setConnector(c.id, { PermissionGroups: list(groups(c).length > 0 ? groups(c) : ['None']) }),
  ]
  return fixOf({
    backup: forEachObject(connectors, (c) => backupConnector(c.id)),
    change: [
      comment(
        'Better than this: let the firewall pass port 25 only from these addresses, and leave the connectors alone.',
      ),
      comment(
        'If Exchange Online comes in here, give the new connector TlsCertificateName and TlsDomainCapabilities of the old one.',
      ),
      ...forEachObject(connectors, change),
    ],
    check: [
      ...forEachObject(connectors, (c) => [showConnector(c.id, ['RemoteIPRanges', 'PermissionGroups'])]),
      wizardRemark,
    ],
    rollback: forEachObject(connectors, (c) => [
      ...restoreConnector(c, ['PermissionGroups']),
      run(command('Remove-ReceiveConnector', { Identity: str(`${c.server ?? ''}\\${ENTRANCE}`) })),
    ]),
    effect: 'reconnect',
    minutes: 45,
    runsOn: runsOnFor(connectors),
  })
}

const ENTRANCE = 'Inbound from gateway'
