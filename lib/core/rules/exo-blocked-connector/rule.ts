import { isListedWhole } from '../../mailflow/listing'
import { exportOf } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { textOf } from '../../mailflow/property-of'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { failOn } from '../../mailflow/verdict-on'
import { type Config, type ConfigObject, type InboundConnector, known, type Property } from '../../model'
import { ask, backupFile, command, comment, fixOf, forEachObject, objectsOf, run, str } from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-blocked-connector',
  family: 'exo-inbound',
  question: 1,
  severities: ['critical'],
  needs: ['blockedConnectors'],
  optional: ['inboundConnectors'],
  reads: { blockedConnectors: ['ConnectorId', 'Reason'], inboundConnectors: ['Guid', 'ExchangeObjectId'] },
  references: [
    'https://learn.microsoft.com/defender-office-365/connectors-detect-respond-to-compromise',
    'https://learn.microsoft.com/powershell/module/exchange/get-blockedconnector',
  ],
  frameworks: {},
  absorbs: [
    { rule: 'exo-inbound-unexpected-onpremises', same: 'connector' },
    { rule: 'log-exo-attribution-rejected', same: 'connector' },
  ],
  check,
  fix,
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const row of config.blockedConnectors) yield failure(config, row)
  if (config.blockedConnectors.length > 0) return
  if (isListedWhole(config, 'blockedConnectors') === 'yes') yield { state: 'pass' }
  else yield { state: 'not-assessed', missing: [exportOf('blockedConnectors')] }
}

/** The list names a connector by its GUID. */
function connectorOf(config: Config, row: ConfigObject): InboundConnector | undefined {
  const id = row.name.trim().toLowerCase()
  const is = (text: string | undefined) => text?.trim().toLowerCase() === id
  return config.inboundConnectors.find(
    (c) => id !== '' && (is(c.name) || ['Guid', 'ExchangeObjectId', 'Id'].some((name) => is(known(textOf(c, name))))),
  )
}

function failure(config: Config, row: ConfigObject): Fail {
  const connector = connectorOf(config, row)
  const reason = textOf(row, 'Reason')
  const shown = Object.values(row.properties).filter((p): p is Property<unknown> & typeof p => p.state !== 'missing')
  const evidence = nonEmpty(evidenceOf(textOf(row, 'ConnectorId'), reason, ...shown.slice(0, 1)))
  return failOn(row, {
    severity: 'critical',
    exposure: 'internet',
    objects: connector ? [refOf(connector), refOf(row)] : [refOf(row)],
    params: { connector: connector?.name ?? row.name, reason: known(reason) ?? '', named: connector ? 'yes' : 'no' },
    evidence,
    conditions: [{ key: 'listed', value: 'yes', evidence: evidence[0] }],
  })
}

/** What was found must be said: unblocking without it would open the way again. */
function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const rows = objectsOf(config.blockedConnectors, 'blockedConnector', members)
  if (rows.length === 0) return null
  const get = (row: ConfigObject) => command('Get-BlockedConnector', { ConnectorId: str(row.name) })
  const reason = ask('what-was-done', {
    en: 'What was found, and how it was closed, in quotes: Microsoft keeps this text',
    de: 'Was gefunden und wie es abgestellt wurde, in Anführungszeichen: Microsoft speichert diesen Text',
  })
  return fixOf({
    backup: forEachObject(rows, (row) => [
      run(get(row), command('Export-Clixml', { Path: str(backupFile(row.id, 'blockedconnector')) })),
    ]),
    change: [
      comment(
        'First find out who made or changed the connector: Search-UnifiedAuditLog -Operations New-InboundConnector,Set-InboundConnector.',
      ),
      comment(
        'Reset that account, and disable or correct the connector. Only then lift the block; it takes about an hour.',
      ),
      ...forEachObject(rows, (row) => [
        run(command('Remove-BlockedConnector', { ConnectorId: str(row.name), Reason: reason })),
      ]),
    ],
    check: [run(command('Get-BlockedConnector'))],
    rollback: [
      comment(
        'A block can be set by Microsoft only. To stop mail again, disable the connector: Set-InboundConnector -Enabled $false.',
      ),
      ...forEachObject(rows, (row) => [run(get(row))]),
    ],
    effect: 'none',
    minutes: 60,
    runsOn: 'exchange-online',
  })
}
