import { expect, it } from 'vitest'
import { exported, inboundConnector, inCloud, judge, shown } from '../../testing/exports-text'
import { rule } from './rule'

const named = { Name: 'contoso', Identity: 'contoso' }
const org = (value: string) => exported('Get-OrganizationConfig', inCloud({ RejectDirectSend: value, ...named }))
const partner = (own: Record<string, string> = {}) =>
  exported(
    'Get-InboundConnector',
    inboundConnector({ ConnectorType: 'Partner', RestrictDomainsToCertificate: 'True', ...own }),
  )
const open = partner({ RestrictDomainsToCertificate: 'False' })
const here = { mx: 'on-premises' }

it.each([
  ['refused', org('True'), {}, 'pass'],
  ['open, nothing else known', org('False'), {}, 'info Resolve-DnsName -Type MX, Get-InboundConnector'],
  ['open, MX here, connectors not known', org('False'), here, 'info Get-InboundConnector'],
  ['open, MX here, not locked', org('False') + open, here, 'medium '],
  ['open, MX of one domain here', org('False') + open, { 'mx:contoso.com': 'on-premises' }, 'medium '],
  ['open, MX elsewhere', org('False') + open, { mx: 'exchange-online' }, 'info '],
  ['open, MX not known, not locked', org('False') + open, {}, 'info Resolve-DnsName -Type MX'],
  ['open, locked', org('False') + partner(), here, 'pass'],
  [
    'not printed',
    exported('Get-OrganizationConfig', inCloud({ SendFromAliasEnabled: 'True', ...named })),
    {},
    'not-assessed',
  ],
  ['not set', org(''), {}, 'not-assessed'],
  [
    'only that of the servers',
    exported('Get-OrganizationConfig', { MapiHttpEnabled: 'True', ...named }),
    {},
    'not-assessed',
  ],
  [
    'one connector by name, MX here',
    org('False') + shown('Get-InboundConnector X | fl', [inboundConnector()]),
    here,
    'info Get-InboundConnector',
  ],
])('%s: %s', (_, text, answers, expected) => {
  const { state, fails } = judge(rule, text, answers as Record<string, string>)
  const [f] = fails
  const raising = (f?.couldRaise ?? []).map((m) => m.cmdlet).join(', ')
  expect(f ? `${f.severity} ${raising}` : state).toBe(expected)
})

it('names the side to ask', () => {
  const { verdicts } = judge(rule, exported('Get-OrganizationConfig', { MapiHttpEnabled: 'True', ...named }))
  expect(verdicts).toMatchObject([{ missing: [{ cmdlet: 'Get-OrganizationConfig', side: 'exchange-online' }] }])
})
