import { describe, expect, it } from 'vitest'
import { aFinding, aReport } from '../testing/report-builder'
import { effortOf, fixFirst } from './fix-first'
import type { Finding } from './schema'

const fix = (minutes: number): Finding['fix'] => ({
  steps: [
    { kind: 'backup', powershell: 'Get-ReceiveConnector $c | Export-Clixml x.xml' },
    {
      kind: 'change',
      powershell:
        "$c = Get-ReceiveConnector 'EX01\\Relay'\r\nSet-ReceiveConnector $c -Enabled $false\n# Set-Nothing\n$c | Get-ADPermission | Remove-ADPermission",
    },
    { kind: 'rollback', powershell: 'Set-ReceiveConnector $c -Enabled $true' },
  ],
  effect: 'none',
  minutes,
  runsOn: 'exchange-management-shell',
  placeholders: [],
})

describe('fixFirst', () => {
  it('ranks by severity, exposure, proof, then least effort, and never names what is absorbed or only info', () => {
    const findings = [
      aFinding({ id: 'slow', fix: fix(60) }),
      aFinding({ id: 'quick', fix: fix(5) }),
      aFinding({ id: 'none' }),
      aFinding({ id: 'seen', proof: 'observed', fix: fix(90) }),
      aFinding({ id: 'inside', exposure: 'internal', proof: 'observed', fix: fix(1) }),
      aFinding({ id: 'worst', severity: 'critical', exposure: 'none' }),
      aFinding({ id: 'absorbed', severity: 'critical', absorbedBy: 'worst' }),
      aFinding({ id: 'note', severity: 'info' }),
    ]
    expect(fixFirst(aReport({ findings }), 9).map((f) => f.finding.id)).toEqual([
      'worst',
      'seen',
      'quick',
      'slow',
      'none',
      'inside',
    ])
    expect(fixFirst(aReport({ findings }))).toHaveLength(5)
  })
})

describe('effortOf', () => {
  it('counts commands that change something', () => {
    expect(effortOf(aFinding({ fix: fix(15) }))).toEqual({
      commands: 2,
      minutes: 15,
      rollback: true,
      effect: 'none',
      placeholders: 0,
    })
    expect(effortOf(aFinding())).toBeNull()
  })
})
