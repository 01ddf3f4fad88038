import { describe, expect, it } from 'vitest'
import { exported, judge, outbound, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const asked = (own: Record<string, string>, ...hidden: string[]) =>
  judge(rule, exported('Get-OutboundConnector', withoutProperties(outbound(own), ...hidden)))
const mx = { UseMXRecord: 'True', SmartHosts: '{}' }
const forced = { SmtpDaneMode: 'Mandatory' }

describe('DANE and MTA-STS', () => {
  it.each([
    ['forced towards a smart host', forced, 'high', 'forced', ['SmtpDaneMode', 'SmartHosts']],
    ['no DANE', { SmtpDaneMode: 'None' }, 'medium', 'dane', ['SmtpDaneMode']],
    ['no MTA-STS by MX', { ...mx, MtaStsMode: 'None' }, 'medium', 'mtasts', ['MtaStsMode']],
    [
      'neither by MX',
      { ...mx, MtaStsMode: 'None', SmtpDaneMode: 'None' },
      'medium',
      'both',
      ['SmtpDaneMode', 'MtaStsMode'],
    ],
    ['neither to a smart host', { MtaStsMode: 'None', SmtpDaneMode: 'None' }, 'medium', 'dane', ['SmtpDaneMode']],
    [
      'forced, beside no MTA-STS by nobody',
      { ...forced, MtaStsMode: 'None' },
      'high',
      'forced',
      ['SmtpDaneMode', 'SmartHosts'],
    ],
  ] as const)('%s: %s', (_, own, severity, kind, shown) =>
    expect(
      asked(own).fails.map((f) => [f.severity, f.params.kind, f.exposure, f.evidence.map((e) => e.property)]),
    ).toEqual([[severity, kind, kind === 'forced' ? 'none' : 'internet', shown]]))

  it.each([
    ['the default', {}, [], 'pass'],
    ['no MTA-STS to a smart host', { MtaStsMode: 'None' }, [], 'pass'],
    ['forced by MX', { ...mx, ...forced }, [], 'pass'],
    ['forced by MX, hosts left over', { ...forced, UseMXRecord: 'True' }, [], 'pass'],
    ['forced without a host', { ...forced, SmartHosts: '{}' }, [], 'pass'],
    ['forced towards a partner', { ...forced, ConnectorType: 'Partner' }, [], 'pass'],
    ['disabled', { ...forced, Enabled: 'False' }, [], 'pass'],
    ['no DANE printed', {}, ['SmtpDaneMode'], 'not-assessed'],
    ['no MTA-STS printed, to a smart host', {}, ['MtaStsMode'], 'pass'],
    ['no MTA-STS printed, by MX', mx, ['MtaStsMode'], 'not-assessed'],
    ['hosts not printed', forced, ['SmartHosts'], 'not-assessed'],
  ] as const)('%s: %s', (_, own, hidden, state) => expect(asked(own, ...hidden).state).toBe(state))
})
