import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { mxPlace } from '../../mailflow/mx'
import { refOf } from '../../mailflow/object-ref'
import { ANONYMOUS_LOGON, accessListSupplied, anonSubmit } from '../../mailflow/permissions'
import { takesAny } from '../../mailflow/ranges'
import { evidenceOf, missingFor, nonEmpty, rowEvidence, unlisted } from '../../mailflow/receive-evidence'
import { type Grant, grantTo, rightOf } from '../../mailflow/rights'
import { and, type Config, contains, isTrue, type ReceiveConnector, type Tri, tri } from '../../model'
import { comment, revokeRights } from '../../remediation'
import { type Answers, defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'own-domain-spoofing-anonymous',
  family: 'relay',
  question: 2,
  severities: ['medium', 'info'],
  needs: ['receiveConnectors'],
  optional: ['adPermissions'],
  reads: {
    receiveConnectors: ['Enabled', 'Bindings', 'RemoteIPRanges', 'PermissionGroups'],
    adPermissions: ['User', 'ExtendedRights', 'Deny', 'IsInherited', 'AccessRights'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
    'https://learn.microsoft.com/powershell/module/exchange/remove-adpermission',
  ],
  frameworks: { BSI: ['APP.5.2.A9'], 'MITRE ATT&CK': ['T1672'] },
  absorbs: [],
  check,
  fix,
})

const grantOf = (config: Config, c: ReceiveConnector): Grant => grantTo(config, c, [ANONYMOUS_LOGON], 'ownDomainSender')

/** A row proves it. That it was taken away, only a list shows that holds the other rows of the group, or a Deny. */
function mayPoseAsOwn(config: Config, c: ReceiveConnector): Tri {
  if (grantOf(config, c).value === 'yes') return 'yes'
  const gone = accessListSupplied(config, c) && rightOf(config, c, 'anonymous', 'ownDomainSender').value === 'no'
  return gone ? 'no' : 'unknown'
}

/** One verdict a connector, all under one key: the organisation has one such finding, and a connector can go under another lead. */
function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  let isOpen = false
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    const port = contains(c.bindings, (b) => b.port === 25)
    const open = and(enabled, port, takesAny(c))
    const may = open === 'no' ? 'no' : and(anonSubmit(config, c), mayPoseAsOwn(config, c))
    const value = and(open, may)
    const object = refOf(c)
    if (value === 'yes') {
      isOpen = true
      yield failure(config, c, answers)
    } else if (value === 'no') yield { state: 'pass', object }
    else yield { state: 'not-assessed', object, missing: missingFor(c, [enabled, port, takesAny(c)], may) }
  }
  // Setup leaves an open connector on every server: where not all were listed, those that were do not stand for the rest.
  const rest = isOpen ? undefined : unlisted(config)
  if (rest) yield { state: 'not-assessed', missing: [rest] }
}

function failure(config: Config, c: ReceiveConnector, answers: Answers): Fail {
  const place = mxPlace(config, answers)
  const here: Tri = place === 'unknown' ? 'unknown' : tri(place === 'here')
  const filter = answers['inbound-filter']
  const unfiltered: Tri = filter === 'no' ? 'yes' : filter === 'yes' ? 'no' : 'unknown'
  const rows = nonEmpty(grantOf(config, c).rows.flatMap(rowEvidence))
  return {
    state: 'fail',
    key: '',
    side: 'on-premises',
    severity: and(here, unfiltered) === 'yes' ? 'medium' : 'info',
    confidence: 'likely',
    proof: 'configuration',
    exposure: 'internet',
    objects: [refOf(c)],
    params: { connector: c.id, open: and(here, unfiltered) },
    evidence: [...rows, evidence(c.remoteIPRanges), ...evidenceOf(c.bindings, c.permissionGroups)],
    conditions: [
      { key: 'right', value: 'yes', evidence: rows[0] },
      { key: 'any-address', value: 'yes', evidence: evidence(c.remoteIPRanges) },
      { key: 'mx-here', value: here },
      { key: 'no-filter', value: unfiltered },
    ],
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  // The shipped state: nothing is wrong with it while a filter stands in front.
  if (members.every((m) => m.severity === 'info')) return null
  return revokeRights(
    connectorsOfMembers(config, members),
    (c) =>
      [...new Map(grantOf(config, c).rows.map((row) => [row.user, row])).values()].map((row) => ({
        row,
        rights: ['ms-Exch-SMTP-Accept-Authoritative-Domain-Sender'],
      })),
    [comment('Printers and services that send as your domain without signing in need a connector of their own first.')],
  )
}
