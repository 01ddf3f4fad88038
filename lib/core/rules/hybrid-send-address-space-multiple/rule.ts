import { routingDomain } from '../../mailflow/exchange-online-names'
import { allOf, type Fact } from '../../mailflow/fact'
import { hybridEvidenceReads } from '../../mailflow/hybrid'
import { routesToTenant } from '../../mailflow/hybrid-connectors'
import { failOfSend, hybridSendReads, onHybridSend, toldBy } from '../../mailflow/hybrid-send'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { type AddressSpace, knownPart, type SendConnector, type Tri, tri } from '../../model'
import {
  backupObject,
  command,
  comment,
  fixOf,
  forEachObject,
  list,
  newSendConnectorLike,
  restoreObject,
  run,
  sendConnectorsOfMembers,
  setObject,
  showObject,
  str,
  wizardSendRemark,
} from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-send-address-space-multiple',
  family: 'hybrid-send',
  question: 5,
  severities: ['low'],
  needs: ['sendConnectors'],
  optional: ['hybridConfigurations', 'receiveConnectors', 'inboundConnectors', 'outboundConnectors'],
  reads: { ...hybridEvidenceReads, sendConnectors: hybridSendReads },
  references: [
    'https://learn.microsoft.com/exchange/hybrid-deployment/hybrid-configuration-wizard',
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** The wizard gives its connector this name, later versions with a GUID behind it. Properties decide beside it. */
const hasName = (s: SendConnector): Fact => ({ value: tri(/^Outbound to Office 365\b/i.test(s.name)), evidence: [] })

function* check({ config }: RuleContext): Iterable<Verdict> {
  yield* onHybridSend(
    config,
    (s, applies) => {
      const several = isMoreThanOne(s)
      return {
        bad: several,
        fail: () => {
          const extra = extraSpaces(s)
          return failOfSend(s, applies, {
            severity: 'low',
            confidence: 'likely',
            params: {
              extra: extra
                .map((a) => a.domain)
                .slice(0, 3)
                .join(', '),
              moreExtra: Math.max(0, extra.length - 3),
            },
            evidence: evidenceOf(s.addressSpaces),
            conditions: [{ key: 'several', ...toldBy(several, s.addressSpaces) }],
          })
        },
      }
    },
    (s) => allOf([hasName(s), routesToTenant(s)]),
  )
}

/** A list that was cut proves “more than one”, never “only one”. */
function isMoreThanOne(s: SendConnector): Tri {
  const spaces = knownPart(s.addressSpaces)
  if (spaces !== undefined && spaces.length > 1) return 'yes'
  return s.addressSpaces.state === 'ok' ? 'no' : 'unknown'
}

/** All but the first routing domain, the one that the wizard looks for. */
function extraSpaces(s: SendConnector): readonly AddressSpace[] {
  const spaces = knownPart(s.addressSpaces) ?? []
  const own = spaces.find((a) => routingDomain(a.domain))
  return spaces.filter((a) => a !== own)
}

const nameOfSecond = (s: SendConnector): string => `To Exchange Online (${s.name.slice(0, 40)})`.replace(/[[\]*]/g, '')

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const connectors = sendConnectorsOfMembers(config, members)
  if (connectors.length === 0) return null
  const kept = (s: SendConnector) => {
    const extra = new Set(extraSpaces(s))
    return (knownPart(s.addressSpaces) ?? []).filter((a) => !extra.has(a)).map((a) => a.text)
  }
  const cut = connectors.some((s) => s.addressSpaces.state === 'truncated')
  return fixOf({
    backup: forEachObject(connectors, (s) => [backupObject(s)]),
    change: [
      comment('The other address spaces move to a connector of their own first, so that mail for them keeps its way.'),
      ...(cut
        ? [comment('The list in the audit was cut: add what the backup shows beyond it to the new connector.')]
        : []),
      ...forEachObject(connectors, (s) => [
        newSendConnectorLike(s, nameOfSecond(s), list(extraSpaces(s).map((a) => a.text))),
        comment('AddressSpaces is replaced as a whole.'),
        setObject(s, { AddressSpaces: list(kept(s)) }),
      ]),
    ],
    check: [...forEachObject(connectors, (s) => [showObject(s, ['AddressSpaces'])]), wizardSendRemark],
    rollback: forEachObject(connectors, (s) => [
      ...restoreObject(s, ['AddressSpaces']),
      run(command('Remove-SendConnector', { Identity: str(nameOfSecond(s)) })),
    ]),
    effect: 'reconnect',
    minutes: 15,
    runsOn: 'exchange-management-shell',
  })
}
